/** An example of RFC 5545, section 3.8.5.3, with the dates that it prints. All are in America/New_York. */
export interface RuleExample {
  readonly title: string;
  readonly start: string;
  /** The same dates may be written in several ways. */
  readonly written: readonly (readonly string[])[];
  /** By year and clock: days of months, at 9:00. `2-11` is each, `2,4..30` every second. */
  readonly printed?: readonly (readonly [when: string, days: string])[];
  /** By day: the times printed. */
  readonly times?: readonly (readonly [day: string, times: string])[];
  /** It goes on after what is printed. */
  readonly forever?: true;
}

const september2 = "19970902T090000";
const twenties =
  "9:00,9:20,9:40,10:00,10:20,10:40,11:00,11:20,11:40,12:00,12:20,12:40,13:00,13:20,13:40,14:00,14:20,14:40";
const allTwenties = `${twenties},15:00,15:20,15:40,16:00,16:20,16:40`;

/**
 * The examples in the order of the RFC.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5545#section-3.8.5.3
 */
export const rfc5545Examples: readonly RuleExample[] = [
  {
    title: "Daily for 10 occurrences",
    start: september2,
    written: [["RRULE:FREQ=DAILY;COUNT=10"]],
    printed: [["1997 EDT", "September 2-11"]],
  },
  {
    title: "Daily until December 24, 1997",
    start: september2,
    written: [["RRULE:FREQ=DAILY;UNTIL=19971224T000000Z"]],
    printed: [
      ["1997 EDT", "September 2-30;October 1-25"],
      ["1997 EST", "October 26-31;November 1-30;December 1-23"],
    ],
  },
  {
    title: "Every other day",
    start: september2,
    written: [["RRULE:FREQ=DAILY;INTERVAL=2"]],
    printed: [
      ["1997 EDT", "September 2,4..30;October 2,4..24"],
      ["1997 EST", "October 26,28,30;November 1,3..29;December 1,3"],
    ],
    forever: true,
  },
  {
    title: "Every 10 days, 5 occurrences",
    start: september2,
    written: [["RRULE:FREQ=DAILY;INTERVAL=10;COUNT=5"]],
    printed: [["1997 EDT", "September 2,12,22;October 2,12"]],
  },
  {
    title: "Every day in January, for 3 years",
    start: "19980101T090000",
    written: [
      ["RRULE:FREQ=YEARLY;UNTIL=20000131T140000Z;BYMONTH=1;BYDAY=SU,MO,TU,WE,TH,FR,SA"],
      ["RRULE:FREQ=DAILY;UNTIL=20000131T140000Z;BYMONTH=1"],
    ],
    printed: [
      ["1998 EST", "January 1-31"],
      ["1999 EST", "January 1-31"],
      ["2000 EST", "January 1-31"],
    ],
  },
  {
    title: "Weekly for 10 occurrences",
    start: september2,
    written: [["RRULE:FREQ=WEEKLY;COUNT=10"]],
    printed: [
      ["1997 EDT", "September 2,9,16,23,30;October 7,14,21"],
      ["1997 EST", "October 28;November 4"],
    ],
  },
  {
    title: "Weekly until December 24, 1997",
    start: september2,
    written: [["RRULE:FREQ=WEEKLY;UNTIL=19971224T000000Z"]],
    printed: [
      ["1997 EDT", "September 2,9,16,23,30;October 7,14,21"],
      ["1997 EST", "October 28;November 4,11,18,25;December 2,9,16,23"],
    ],
  },
  {
    title: "Every other week",
    start: september2,
    written: [["RRULE:FREQ=WEEKLY;INTERVAL=2;WKST=SU"]],
    printed: [
      ["1997 EDT", "September 2,16,30;October 14"],
      ["1997 EST", "October 28;November 11,25;December 9,23"],
      ["1998 EST", "January 6,20;February 3,17"],
    ],
    forever: true,
  },
  {
    title: "Weekly on Tuesday and Thursday for five weeks",
    start: september2,
    written: [
      ["RRULE:FREQ=WEEKLY;UNTIL=19971007T000000Z;WKST=SU;BYDAY=TU,TH"],
      ["RRULE:FREQ=WEEKLY;COUNT=10;WKST=SU;BYDAY=TU,TH"],
    ],
    printed: [["1997 EDT", "September 2,4,9,11,16,18,23,25,30;October 2"]],
  },
  {
    title: "Every other week on Monday, Wednesday, and Friday until December 24, 1997",
    start: "19970901T090000",
    written: [["RRULE:FREQ=WEEKLY;INTERVAL=2;UNTIL=19971224T000000Z;WKST=SU;BYDAY=MO,WE,FR"]],
    printed: [
      ["1997 EDT", "September 1,3,5,15,17,19,29;October 1,3,13,15,17"],
      ["1997 EST", "October 27,29,31;November 10,12,14,24,26,28;December 8,10,12,22"],
    ],
  },
  {
    title: "Every other week on Tuesday and Thursday, for 8 occurrences",
    start: september2,
    written: [["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=8;WKST=SU;BYDAY=TU,TH"]],
    printed: [["1997 EDT", "September 2,4,16,18,30;October 2,14,16"]],
  },
  {
    title: "Monthly on the first Friday for 10 occurrences",
    start: "19970905T090000",
    written: [["RRULE:FREQ=MONTHLY;COUNT=10;BYDAY=1FR"]],
    printed: [
      ["1997 EDT", "September 5;October 3"],
      ["1997 EST", "November 7;December 5"],
      ["1998 EST", "January 2;February 6;March 6;April 3"],
      ["1998 EDT", "May 1;June 5"],
    ],
  },
  {
    title: "Monthly on the first Friday until December 24, 1997",
    start: "19970905T090000",
    written: [["RRULE:FREQ=MONTHLY;UNTIL=19971224T000000Z;BYDAY=1FR"]],
    printed: [
      ["1997 EDT", "September 5;October 3"],
      ["1997 EST", "November 7;December 5"],
    ],
  },
  {
    title: "Every other month on the first and last Sunday of the month for 10 occurrences",
    start: "19970907T090000",
    written: [["RRULE:FREQ=MONTHLY;INTERVAL=2;COUNT=10;BYDAY=1SU,-1SU"]],
    printed: [
      ["1997 EDT", "September 7,28"],
      ["1997 EST", "November 2,30"],
      ["1998 EST", "January 4,25;March 1,29"],
      ["1998 EDT", "May 3,31"],
    ],
  },
  {
    title: "Monthly on the second-to-last Monday of the month for 6 months",
    start: "19970922T090000",
    written: [["RRULE:FREQ=MONTHLY;COUNT=6;BYDAY=-2MO"]],
    printed: [
      ["1997 EDT", "September 22;October 20"],
      ["1997 EST", "November 17;December 22"],
      ["1998 EST", "January 19;February 16"],
    ],
  },
  {
    title: "Monthly on the third-to-the-last day of the month",
    start: "19970928T090000",
    written: [["RRULE:FREQ=MONTHLY;BYMONTHDAY=-3"]],
    printed: [
      ["1997 EDT", "September 28"],
      ["1997 EST", "October 29;November 28;December 29"],
      ["1998 EST", "January 29;February 26"],
    ],
    forever: true,
  },
  {
    title: "Monthly on the 2nd and 15th of the month for 10 occurrences",
    start: september2,
    written: [["RRULE:FREQ=MONTHLY;COUNT=10;BYMONTHDAY=2,15"]],
    printed: [
      ["1997 EDT", "September 2,15;October 2,15"],
      ["1997 EST", "November 2,15;December 2,15"],
      ["1998 EST", "January 2,15"],
    ],
  },
  {
    title: "Monthly on the first and last day of the month for 10 occurrences",
    start: "19970930T090000",
    written: [["RRULE:FREQ=MONTHLY;COUNT=10;BYMONTHDAY=1,-1"]],
    printed: [
      ["1997 EDT", "September 30;October 1"],
      ["1997 EST", "October 31;November 1,30;December 1,31"],
      ["1998 EST", "January 1,31;February 1"],
    ],
  },
  {
    title: "Every 18 months on the 10th thru 15th of the month for 10 occurrences",
    start: "19970910T090000",
    written: [["RRULE:FREQ=MONTHLY;INTERVAL=18;COUNT=10;BYMONTHDAY=10,11,12,13,14,15"]],
    printed: [
      ["1997 EDT", "September 10-15"],
      ["1999 EST", "March 10-13"],
    ],
  },
  {
    title: "Every Tuesday, every other month",
    start: september2,
    written: [["RRULE:FREQ=MONTHLY;INTERVAL=2;BYDAY=TU"]],
    printed: [
      ["1997 EDT", "September 2,9,16,23,30"],
      ["1997 EST", "November 4,11,18,25"],
      ["1998 EST", "January 6,13,20,27;March 3,10,17,24,31"],
    ],
    forever: true,
  },
  {
    title: "Yearly in June and July for 10 occurrences",
    start: "19970610T090000",
    written: [["RRULE:FREQ=YEARLY;COUNT=10;BYMONTH=6,7"]],
    printed: [
      ["1997 EDT", "June 10;July 10"],
      ["1998 EDT", "June 10;July 10"],
      ["1999 EDT", "June 10;July 10"],
      ["2000 EDT", "June 10;July 10"],
      ["2001 EDT", "June 10;July 10"],
    ],
  },
  {
    title: "Every other year on January, February, and March for 10 occurrences",
    start: "19970310T090000",
    written: [["RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=10;BYMONTH=1,2,3"]],
    printed: [
      ["1997 EST", "March 10"],
      ["1999 EST", "January 10;February 10;March 10"],
      ["2001 EST", "January 10;February 10;March 10"],
      ["2003 EST", "January 10;February 10;March 10"],
    ],
  },
  {
    title: "Every third year on the 1st, 100th, and 200th day for 10 occurrences",
    start: "19970101T090000",
    written: [["RRULE:FREQ=YEARLY;INTERVAL=3;COUNT=10;BYYEARDAY=1,100,200"]],
    printed: [
      ["1997 EST", "January 1"],
      ["1997 EDT", "April 10;July 19"],
      ["2000 EST", "January 1"],
      ["2000 EDT", "April 9;July 18"],
      ["2003 EST", "January 1"],
      ["2003 EDT", "April 10;July 19"],
      ["2006 EST", "January 1"],
    ],
  },
  {
    title: "Every 20th Monday of the year",
    start: "19970519T090000",
    written: [["RRULE:FREQ=YEARLY;BYDAY=20MO"]],
    printed: [
      ["1997 EDT", "May 19"],
      ["1998 EDT", "May 18"],
      ["1999 EDT", "May 17"],
    ],
    forever: true,
  },
  {
    title: "Monday of week number 20",
    start: "19970512T090000",
    written: [["RRULE:FREQ=YEARLY;BYWEEKNO=20;BYDAY=MO"]],
    printed: [
      ["1997 EDT", "May 12"],
      ["1998 EDT", "May 11"],
      ["1999 EDT", "May 17"],
    ],
    forever: true,
  },
  {
    title: "Every Thursday in March",
    start: "19970313T090000",
    written: [["RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=TH"]],
    printed: [
      ["1997 EST", "March 13,20,27"],
      ["1998 EST", "March 5,12,19,26"],
      ["1999 EST", "March 4,11,18,25"],
    ],
    forever: true,
  },
  {
    title: "Every Thursday, but only during June, July, and August",
    start: "19970605T090000",
    written: [["RRULE:FREQ=YEARLY;BYDAY=TH;BYMONTH=6,7,8"]],
    printed: [
      ["1997 EDT", "June 5,12,19,26;July 3,10,17,24,31;August 7,14,21,28"],
      ["1998 EDT", "June 4,11,18,25;July 2,9,16,23,30;August 6,13,20,27"],
      ["1999 EDT", "June 3,10,17,24;July 1,8,15,22,29;August 5,12,19,26"],
    ],
    forever: true,
  },
  {
    title: "Every Friday the 13th",
    start: september2,
    written: [["EXDATE;TZID=America/New_York:19970902T090000", "RRULE:FREQ=MONTHLY;BYDAY=FR;BYMONTHDAY=13"]],
    printed: [
      ["1998 EST", "February 13;March 13;November 13"],
      ["1999 EDT", "August 13"],
      ["2000 EDT", "October 13"],
    ],
    forever: true,
  },
  {
    title: "The first Saturday that follows the first Sunday of the month",
    start: "19970913T090000",
    written: [["RRULE:FREQ=MONTHLY;BYDAY=SA;BYMONTHDAY=7,8,9,10,11,12,13"]],
    printed: [
      ["1997 EDT", "September 13;October 11"],
      ["1997 EST", "November 8;December 13"],
      ["1998 EST", "January 10;February 7;March 7"],
      ["1998 EDT", "April 11;May 9;June 13"],
    ],
    forever: true,
  },
  {
    title: "U.S. Presidential Election day",
    start: "19961105T090000",
    written: [["RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=11;BYDAY=TU;BYMONTHDAY=2,3,4,5,6,7,8"]],
    printed: [
      ["1996 EST", "November 5"],
      ["2000 EST", "November 7"],
      ["2004 EST", "November 2"],
    ],
    forever: true,
  },
  {
    title: "The third instance into the month of one of Tuesday, Wednesday, or Thursday, for the next 3 months",
    start: "19970904T090000",
    written: [["RRULE:FREQ=MONTHLY;COUNT=3;BYDAY=TU,WE,TH;BYSETPOS=3"]],
    printed: [
      ["1997 EDT", "September 4;October 7"],
      ["1997 EST", "November 6"],
    ],
  },
  {
    title: "The second-to-last weekday of the month",
    start: "19970929T090000",
    written: [["RRULE:FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYSETPOS=-2"]],
    printed: [
      ["1997 EDT", "September 29"],
      ["1997 EST", "October 30;November 27;December 30"],
      ["1998 EST", "January 29;February 26;March 30"],
    ],
    forever: true,
  },
  {
    title: "Every 3 hours from 9:00 AM to 5:00 PM on a specific day",
    start: september2,
    // The RFC writes UNTIL=19970902T170000Z, which is 13:00 there; its erratum 3883 has five o'clock in the afternoon.
    // https://www.rfc-editor.org/errata/eid3883
    written: [["RRULE:FREQ=HOURLY;INTERVAL=3;UNTIL=19970902T210000Z"]],
    times: [["1997-09-02", "9:00,12:00,15:00"]],
  },
  {
    title: "Every 15 minutes for 6 occurrences",
    start: september2,
    written: [["RRULE:FREQ=MINUTELY;INTERVAL=15;COUNT=6"]],
    times: [["1997-09-02", "9:00,9:15,9:30,9:45,10:00,10:15"]],
  },
  {
    title: "Every hour and a half for 4 occurrences",
    start: september2,
    written: [["RRULE:FREQ=MINUTELY;INTERVAL=90;COUNT=4"]],
    times: [["1997-09-02", "9:00,10:30,12:00,13:30"]],
  },
  {
    title: "Every 20 minutes from 9:00 AM to 4:40 PM every day",
    start: september2,
    written: [
      ["RRULE:FREQ=DAILY;BYHOUR=9,10,11,12,13,14,15,16;BYMINUTE=0,20,40"],
      ["RRULE:FREQ=MINUTELY;INTERVAL=20;BYHOUR=9,10,11,12,13,14,15,16"],
    ],
    times: [
      ["1997-09-02", allTwenties],
      ["1997-09-03", allTwenties],
    ],
    forever: true,
  },
  {
    title: "Where WKST makes a difference: Monday",
    start: "19970805T090000",
    written: [["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=MO"]],
    printed: [["1997 EDT", "August 5,10,19,24"]],
  },
  {
    title: "Where WKST makes a difference: Sunday",
    start: "19970805T090000",
    written: [["RRULE:FREQ=WEEKLY;INTERVAL=2;COUNT=4;BYDAY=TU,SU;WKST=SU"]],
    printed: [["1997 EDT", "August 5,17,19,31"]],
  },
  {
    title: "Where an invalid date (February 30) is ignored",
    start: "20070115T090000",
    written: [["RRULE:FREQ=MONTHLY;BYMONTHDAY=15,30;COUNT=5"]],
    printed: [
      ["2007 EST", "January 15,30;February 15"],
      ["2007 EDT", "March 15,30"],
    ],
  },
];

const monthNames = "January February March April May June July August September October November December".split(" ");
const two = (value: number | string): string => String(value).padStart(2, "0");

/** The dates that an example prints, as ISO 8601 with their offsets. */
export function printedDates({ printed = [], times = [] }: RuleExample): string[] {
  const days = printed.flatMap(([when, months]) => {
    const [year = "", clock] = when.split(" ");
    return months.split(";").flatMap((text) => {
      const [name = "", list = ""] = text.split(" ");
      const month = two(monthNames.indexOf(name) + 1);
      return daysOf(list).map((day) => `${year}-${month}-${two(day)}T09:00:00${clock === "EDT" ? "-04:00" : "-05:00"}`);
    });
  });
  const timed = times.flatMap(([day, list]) =>
    list.split(",").map((time) => `${day}T${time.padStart(5, "0")}:00-04:00`),
  );
  return [...days, ...timed];
}

function daysOf(list: string): number[] {
  const [, first, second, last] = /^(\d+)(?:,(\d+)\.\.|-)(\d+)$/.exec(list) ?? [];
  if (first === undefined || last === undefined) return list.split(",").map(Number);
  const step = second === undefined ? 1 : Number(second) - Number(first);
  const days: number[] = [];
  for (let day = Number(first); day <= Number(last); day += step) days.push(day);
  return days;
}
