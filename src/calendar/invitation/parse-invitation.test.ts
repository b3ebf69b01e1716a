import { describe, expect, it } from "vitest";
import { parseInvitation } from "./parse-invitation.js";

/** A calendar mail, folded and with the line ends that RFC 5545 wants. */
function mail(events: string, { method = "REQUEST", zones = "" } = {}): string {
  const lines = ["BEGIN:VCALENDAR", "VERSION:2.0", method && `METHOD:${method}`, zones, events, "END:VCALENDAR"];
  const folded = lines
    .flatMap((part) => part.split("\n"))
    .filter((line) => line.trim() !== "")
    .map((line) => (line.trim().match(/.{1,70}/gu) ?? []).join("\r\n "));
  return `${folded.join("\r\n")}\r\n`;
}

const invited = `
  BEGIN:VEVENT
  DTSTART;TZID=Europe/Berlin:20261123T090000
  DTEND;TZID=Europe/Berlin:20261123T094500
  DTSTAMP:20261120T101112Z
  ORGANIZER;CN=Bob Baker:mailto:bob@example.com
  UID:7kukuqrfedlm2f9t@google.com
  ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=TRUE;CN=Bob Baker;X-NUM-GUESTS=0:mailto:bob@example.com
  ATTENDEE;CUTYPE=INDIVIDUAL;ROLE=OPT-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=alice@example.com;X-NUM-GUESTS=0:mailto:alice@example.com
  ATTENDEE;CUTYPE=ROOM;PARTSTAT=TENTATIVE;X-RESPONSE-COMMENT="maybe, if free":mailto:room-1@example.com
  X-GOOGLE-CONFERENCE:https://meet.google.com/abc-defg-hij
  SEQUENCE:2
  STATUS:CONFIRMED
  SUMMARY:Harbour\\, second review
  DESCRIPTION:One\\nTwo\\; three
  LOCATION:Pier 4
  TRANSP:OPAQUE
  END:VEVENT`;

/** The same with other times. */
const at = (times: string): string => `
  BEGIN:VEVENT
  UID:u1
  ${times.trim().split("\n").join("\n  ")}
  END:VEVENT`;

/** A zone as Outlook gives its rules: an hour ahead of UTC, two from March to October. */
const europeanRules = (tzid: string): string => `
  BEGIN:VTIMEZONE
  TZID:${tzid}
  BEGIN:STANDARD
  DTSTART:16010101T030000
  TZOFFSETFROM:+0200
  TZOFFSETTO:+0100
  RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10
  END:STANDARD
  BEGIN:DAYLIGHT
  DTSTART:16010101T020000
  TZOFFSETFROM:+0100
  TZOFFSETTO:+0200
  RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3
  END:DAYLIGHT
  END:VTIMEZONE`;

const refusal = (message?: RegExp): unknown =>
  expect.objectContaining({
    code: "request.invalid",
    hint: expect.stringMatching(/./) as string,
    ...(message && { message: expect.stringMatching(message) as string }),
  });

describe("parseInvitation", () => {
  it("reads an invitation as Google writes it, in the words of an event", async () => {
    expect(await parseInvitation(mail(invited), { timeZone: "America/New_York" })).toEqual({
      method: "request",
      uid: "7kukuqrfedlm2f9t@google.com",
      sequence: 2,
      scope: "all",
      event: {
        title: "Harbour, second review",
        description: "One\nTwo; three",
        location: "Pier 4",
        start: {
          dateTime: "2026-11-23T09:00:00+01:00",
          timeZone: "Europe/Berlin",
          weekday: "Monday",
          local: { dateTime: "2026-11-23T03:00:00-05:00", timeZone: "America/New_York", weekday: "Monday" },
        },
        end: {
          dateTime: "2026-11-23T09:45:00+01:00",
          timeZone: "Europe/Berlin",
          weekday: "Monday",
          local: { dateTime: "2026-11-23T03:45:00-05:00", timeZone: "America/New_York", weekday: "Monday" },
        },
        allDay: false,
        status: "confirmed",
        busy: true,
        organizer: { email: "bob@example.com", name: "Bob Baker" },
        attendees: [
          {
            email: "bob@example.com",
            name: "Bob Baker",
            response: "accepted",
            optional: false,
            resource: false,
            organizer: true,
          },
          { email: "alice@example.com", response: "needsAction", optional: true, resource: false, organizer: false },
          {
            email: "room-1@example.com",
            response: "tentative",
            comment: "maybe, if free",
            optional: false,
            resource: true,
            organizer: false,
          },
        ],
        visibility: "default",
        conferenceUrl: "https://meet.google.com/abc-defg-hij",
      },
      exceptions: [],
    });
  });

  it("reads the same from LF, from a byte order mark, from bytes, and from a line folded within a character", async () => {
    const ics = mail(invited.replace("Pier 4", "Köln, Dömstraße"));
    const expected = await parseInvitation(ics);
    const bytes = Buffer.from(ics);
    const fold = bytes.indexOf(Buffer.from("ö")) + 1;
    const folded = Buffer.concat([bytes.subarray(0, fold), Buffer.from("\r\n "), bytes.subarray(fold)]);
    for (const given of [ics.replaceAll("\r\n", "\n"), `\ufeff${ics}`, bytes, folded, `junk\r\n\r\n${ics}\r\n\r\n`]) {
      expect(await parseInvitation(given)).toEqual(expected);
    }
    expect(expected.event.location).toBe("Köln, Dömstraße");
  });

  it("reads an invitation as Exchange writes it", async () => {
    const { event, ...rest } = await parseInvitation(
      mail(
        `
        BEGIN:VEVENT
        ORGANIZER;CN=Jens Petersen:mailto:Jens.Petersen@harbour.example
        ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=NEEDS-ACTION;RSVP=TRUE;CN=Alice:mailto:alice@example.com
        DESCRIPTION;LANGUAGE=de-DE:\\n________________\\nMicrosoft Teams-Besprechung\\n
        UID:040000008200E00074C5B7101A82E00800000000A0B1C2D3E4F5DA01000000000000000010000000
        SUMMARY;LANGUAGE=de-DE:Rundgang
        DTSTART;TZID=W. Europe Standard Time:20261127T140000
        DTEND;TZID=W. Europe Standard Time:20261127T153000
        CLASS:PUBLIC
        PRIORITY:5
        DTSTAMP:20261120T101112Z
        TRANSP:OPAQUE
        STATUS:CONFIRMED
        SEQUENCE:0
        LOCATION;LANGUAGE=de-DE:Microsoft Teams-Besprechung
        X-MICROSOFT-CDO-BUSYSTATUS:TENTATIVE
        X-MICROSOFT-CDO-INTENDEDSTATUS:BUSY
        X-MICROSOFT-CDO-ALLDAYEVENT:FALSE
        X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0
        X-MICROSOFT-DISALLOW-COUNTER:FALSE
        BEGIN:VALARM
        DESCRIPTION:REMINDER
        TRIGGER;RELATED=START:-PT15M
        ACTION:DISPLAY
        END:VALARM
        END:VEVENT`.replaceAll("\\\\", "\\"),
        {
          zones: europeanRules("W. Europe Standard Time"),
        },
      ),
    );
    expect(rest).toMatchObject({ method: "request", sequence: 0, uid: expect.stringMatching(/^04.{78}$/) as string });
    expect(event).toEqual({
      title: "Rundgang",
      description: "________________\nMicrosoft Teams-Besprechung",
      location: "Microsoft Teams-Besprechung",
      start: { dateTime: "2026-11-27T14:00:00+01:00", timeZone: "Europe/Berlin", weekday: "Friday" },
      end: { dateTime: "2026-11-27T15:30:00+01:00", timeZone: "Europe/Berlin", weekday: "Friday" },
      allDay: false,
      status: "confirmed",
      busy: true,
      organizer: { email: "Jens.Petersen@harbour.example", name: "Jens Petersen" },
      attendees: [
        {
          email: "alice@example.com",
          name: "Alice",
          response: "needsAction",
          optional: false,
          resource: false,
          organizer: false,
        },
      ],
      visibility: "public",
      conferenceUrl: "https://teams.microsoft.com/l/meetup-join/19%3ameeting_x%40thread.v2/0",
    });
  });

  it("reads a series with its exceptions, keeping the lines of its rule", async () => {
    const series = await parseInvitation(
      mail(`
        BEGIN:VEVENT
        UID:u1
        RECURRENCE-ID;TZID=Europe/Berlin:20261130T090000
        DTSTART;TZID=Europe/Berlin:20261130T110000
        DTEND;TZID=Europe/Berlin:20261130T120000
        SUMMARY:Later
        END:VEVENT
        BEGIN:VEVENT
        UID:u1
        DTSTART;TZID="W. Europe Standard Time":20261123T090000
        DURATION:PT1H
        SUMMARY:Weekly
        EXDATE;TZID="W. Europe Standard Time":20261207T090000,20261214T090000
        RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T080000Z
        END:VEVENT`),
    );
    expect(series).toMatchObject({ scope: "all", event: { title: "Weekly" } });
    expect(series.event.recurrence?.lines).toEqual([
      "RRULE:FREQ=WEEKLY;BYDAY=MO;UNTIL=20270101T080000Z",
      "EXDATE;TZID=Europe/Berlin:20261207T090000,20261214T090000",
    ]);
    expect(series.exceptions).toMatchObject([
      {
        title: "Later",
        originalStart: { dateTime: "2026-11-30T09:00:00+01:00", weekday: "Monday" },
        start: { dateTime: "2026-11-30T11:00:00+01:00" },
      },
    ]);
  });

  it("says which occurrences it is about", async () => {
    const occurrence = (range: string) =>
      parseInvitation(
        mail(at(`RECURRENCE-ID${range}:20261130T090000Z\nDTSTART:20261130T090000Z`), { method: "CANCEL" }),
      );
    expect(await occurrence("")).toMatchObject({
      method: "cancel",
      scope: "this",
      event: { status: "cancelled", originalStart: { dateTime: "2026-11-30T09:00:00+00:00", timeZone: "UTC" } },
    });
    expect(await occurrence(";RANGE=THISANDFUTURE")).toMatchObject({ scope: "following" });
  });

  it("says who answered what, with the comment", async () => {
    const reply = at(`
      ATTENDEE;PARTSTAT=DECLINED;CN=Alice:MAILTO:alice@example.com
      COMMENT:On leave\\, sorry
      SEQUENCE:1`);
    expect(await parseInvitation(mail(reply, { method: "REPLY" }))).toMatchObject({
      method: "reply",
      comment: "On leave, sorry",
      reply: { email: "alice@example.com", name: "Alice", response: "declined", comment: "On leave, sorry" },
      event: { title: "", attendees: [{ email: "alice@example.com" }] },
    });
  });

  it("gives the times that a counter proposes", async () => {
    const counter = at(`
      DTSTART:20261123T100000Z
      DTEND:20261123T110000Z
      ATTENDEE;PARTSTAT=TENTATIVE:mailto:alice@example.com`);
    expect(await parseInvitation(mail(counter, { method: "COUNTER" }))).toMatchObject({
      method: "counter",
      proposed: { start: { dateTime: "2026-11-23T10:00:00+00:00" }, end: { dateTime: "2026-11-23T11:00:00+00:00" } },
      reply: { email: "alice@example.com", response: "tentative" },
    });
  });

  it.each(["REQUEST", "CANCEL", "REPLY", "COUNTER", "DECLINECOUNTER", "REFRESH", "PUBLISH", "ADD"])(
    "knows the method %s, also without any time",
    async (method) => {
      const { event, ...rest } = await parseInvitation(mail(at("SUMMARY:x"), { method }));
      expect([rest.method, event.start, event.end]).toEqual([method.toLowerCase(), undefined, undefined]);
    },
  );

  it("takes a text without a method for one that tells of an event, and refuses one that nobody knows", async () => {
    expect((await parseInvitation(mail(at("SUMMARY:x"), { method: "" }))).method).toBe("publish");
    await expect(parseInvitation(mail(at("SUMMARY:x"), { method: "OBEY" }))).rejects.toEqual(refusal(/"obey"/));
  });

  it("takes the newest of several states of the same event", async () => {
    const states = [3, 7, 5].map((sequence) => at(`SEQUENCE:${sequence}\nSUMMARY:${sequence}`)).join("");
    expect(await parseInvitation(mail(states))).toMatchObject({ sequence: 7, event: { title: "7" }, exceptions: [] });
  });

  it.each([
    [
      "CONFERENCE;VALUE=URI;FEATURE=PHONE:tel:+49-1\nCONFERENCE;VALUE=URI;FEATURE=AUDIO,VIDEO:https://call.example/1",
      "https://call.example/1",
    ],
    [
      "X-MICROSOFT-SKYPETEAMSMEETINGURL:https://teams.example/l/meetup-join/a%3a\\,b",
      "https://teams.example/l/meetup-join/a%3a,b",
    ],
    ["X-GOOGLE-CONFERENCE:javascript:alert(1)", undefined],
    ["X-GOOGLE-CONFERENCE:https://meet.google.com@evil.example/", undefined],
    ["CONFERENCE;VALUE=URI:data:text/html,x", undefined],
    ["URL:https://call.example/1", undefined],
  ])("finds where to join the call in %s", async (lines, url) => {
    expect((await parseInvitation(mail(at(lines)))).event.conferenceUrl).toBe(url);
  });

  it("reads the other words of an event", async () => {
    const { event } = await parseInvitation(
      mail(at("STATUS:TENTATIVE\nTRANSP:TRANSPARENT\nCLASS:PRIVATE\nURL:https://example.com/e/1")),
    );
    expect(event).toMatchObject({
      status: "tentative",
      busy: false,
      visibility: "private",
      link: "https://example.com/e/1",
    });
    expect((await parseInvitation(mail(at("X-MICROSOFT-CDO-BUSYSTATUS:FREE")))).event.busy).toBe(false);
  });

  it("passes over people without an address, and names each once", async () => {
    const { event } = await parseInvitation(
      mail(
        at(`
          ORGANIZER:invalid:nomail
          ATTENDEE;CN=Nobody:invalid:nomail
          ATTENDEE;EMAIL=carol@example.com:/principals/1
          ATTENDEE:mailto:alice@example.com
          ATTENDEE;PARTSTAT=ACCEPTED:MAILTO:Alice@example.com?subject=x`),
      ),
    );
    expect(event.organizer).toBeUndefined();
    expect(event.attendees.map(({ email, response }) => [email, response])).toEqual([
      ["carol@example.com", "needsAction"],
      ["Alice@example.com", "accepted"],
    ]);
  });
});

describe("the times of an invitation", () => {
  const timesOf = async (times: string, options: { zones?: string; timeZone?: string } = {}) => {
    const { timeZone, zones = "" } = options;
    const { event } = await parseInvitation(mail(at(times), { zones }), {
      ...(timeZone !== undefined && { timeZone }),
    });
    const shown = (moment: typeof event.start) => moment?.date ?? [moment?.dateTime, moment?.timeZone].join(" ");
    return [shown(event.start), shown(event.end)];
  };

  it.each([
    ["/freeassociation.sourceforge.net/Europe/Berlin", "Europe/Berlin", "+01:00"],
    ["/freeassociation.sourceforge.net/Tzfile/America/Argentina/Ushuaia", "America/Argentina/Ushuaia", "-03:00"],
    ["/mozilla.org/20050126_1/Asia/Tokyo", "Asia/Tokyo", "+09:00"],
    ["W. Europe Standard Time", "Europe/Berlin", "+01:00"],
    ["eastern standard time", "America/New_York", "-05:00"],
    ["India Standard Time", "Asia/Kolkata", "+05:30"],
    ["europe/berlin", "Europe/Berlin", "+01:00"],
    ["GMT", "UTC", "+00:00"],
    ["tzone://Microsoft/Utc", "UTC", "+00:00"],
    ["Japan", "Japan", "+09:00"],
  ])("are in the zone that %s names", async (tzid, timeZone, offset) => {
    const bare = tzid.includes(":") ? `"${tzid}"` : tzid;
    const zoned = `DTSTART;TZID="${tzid}":20261123T090000\nDTEND;TZID=${bare}:20261123T100000`;
    expect(await timesOf(zoned)).toEqual([
      `2026-11-23T09:00:00${offset} ${timeZone}`,
      `2026-11-23T10:00:00${offset} ${timeZone}`,
    ]);
  });

  const customized = europeanRules("Customized Time Zone");

  it("are read by the rules of a zone that has no name, and shown in UTC or the zone that was asked for", async () => {
    const times = "DTSTART;TZID=Customized Time Zone:20260701T090000\nDURATION:PT30M";
    expect(await timesOf(times, { zones: customized })).toEqual([
      "2026-07-01T07:00:00+00:00 UTC",
      "2026-07-01T07:30:00+00:00 UTC",
    ]);
    expect(await timesOf(times, { zones: customized, timeZone: "Asia/Tokyo" })).toEqual([
      "2026-07-01T16:00:00+09:00 Asia/Tokyo",
      "2026-07-01T16:30:00+09:00 Asia/Tokyo",
    ]);
  });

  it("are refused in a zone that is none and comes without rules", async () => {
    const times = "DTSTART;TZID=Customized Time Zone:20260701T090000";
    await expect(timesOf(times, { timeZone: "UTC" })).rejects.toEqual(refusal(/Customized Time Zone/));
  });

  it("are read in the zone that is given when they name none, else refused", async () => {
    const floating = "DTSTART:20261123T090000\nDTEND:20261123T100000";
    expect(await timesOf(floating, { timeZone: "Asia/Kathmandu" })).toEqual([
      "2026-11-23T09:00:00+05:45 Asia/Kathmandu",
      "2026-11-23T10:00:00+05:45 Asia/Kathmandu",
    ]);
    await expect(timesOf(floating)).rejects.toEqual(
      expect.objectContaining({ code: "request.invalid", hint: expect.stringContaining("timeZone") as string }),
    );
    await expect(timesOf(floating, { timeZone: "Mars/Base" })).rejects.toEqual(refusal(/Mars/));
  });

  it.each([
    ["DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261125", "2026-11-23", "2026-11-25"],
    ["DTSTART:20261123", "2026-11-23", "2026-11-24"],
    ["DTSTART;VALUE=DATE:20261231\nDTEND;VALUE=DATE:20261231", "2026-12-31", "2027-01-01"],
    ["DTSTART;VALUE=DATE:20280228\nDURATION:P1W2D", "2028-02-28", "2028-03-08"],
    ["DTSTART;VALUE=DATE;TZID=Pacific/Apia:20111230", "2011-12-30", "2011-12-31"],
  ])("are whole days in %s", async (times, start, end) => {
    expect(await timesOf(times, { timeZone: "Pacific/Apia" })).toEqual([start, end]);
  });

  it.each([
    ["DTSTART:20261123T090000Z", "2026-11-23T09:00:00+00:00 UTC"],
    ["DTSTART:20261123T090000Z\nDURATION:PT1H30M", "2026-11-23T10:30:00+00:00 UTC"],
    ["DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:P1D", "2026-03-29T12:00:00+02:00 Europe/Berlin"],
    ["DTSTART;TZID=Europe/Berlin:20260328T120000\nDURATION:PT24H", "2026-03-29T13:00:00+02:00 Europe/Berlin"],
    [
      "DTSTART;TZID=Europe/Berlin:20261123T090000\nDTEND;TZID=America/New_York:20261123T090000",
      "2026-11-23T09:00:00-05:00 America/New_York",
    ],
    ["DTSTART;TZID=Europe/Berlin:20260329T023000\nDURATION:PT1H", "2026-03-29T04:30:00+02:00 Europe/Berlin"],
    ["DTSTART;TZID=Europe/Berlin:20261025T023000\nDURATION:PT1H", "2026-10-25T02:30:00+01:00 Europe/Berlin"],
  ])("end where %s says", async (times, end) => {
    expect((await timesOf(times))[1]).toBe(end);
  });

  it.each([
    "DTSTART:20261340T090000Z",
    "DTSTART;VALUE=DATE:20260230",
    "DTSTART;VALUE=TEXT:today+1 09:00",
    "DTSTART:soon",
    "DTSTART:",
    "DTSTART;VALUE=PERIOD:19970101T180000Z/PT5H",
    "DTSTART;=:20261123T090000Z",
    "DTSTART:20261123T090000Z\nDTEND:20261123T080000Z",
    "DTSTART:20261123T090000Z\nDTEND;VALUE=DATE:20261124",
    "DTSTART;VALUE=DATE:20261123\nDTEND:20261124T000000Z",
    "DTSTART;VALUE=DATE:20261123\nDTEND;VALUE=DATE:20261122",
    "DTSTART:20261123T090000Z\nDURATION:-PT1H",
    "DTSTART:20261123T090000Z\nDURATION:soon",
    "DTSTART;VALUE=DATE:99991231",
    "DTSTART:20261123T090000Z\nRECURRENCE-ID:x",
  ])("are refused in %j", async (times) => {
    await expect(timesOf(times)).rejects.toEqual(refusal());
  });
});

describe("what comes from outside", () => {
  it("loses control and reordering characters, and keeps its line breaks", async () => {
    const { event } = await parseInvitation(
      mail(
        at(
          'SUMMARY:Pay\u202e gpj.exe\u0007 \u001b[31mnow\nDESCRIPTION:a\\n\u0000b\nATTENDEE;CN="A\u202eB^nC":mailto:a@b.c',
        ),
      ),
    );
    expect(event).toMatchObject({ title: "Pay gpj.exe now", description: "a\nb", attendees: [{ name: "AB C" }] });
  });

  it.each<[string, string, RegExp]>([
    ["nothing", "", /no calendar text/],
    ["a mail", "Dear Alice,\r\nsee you tomorrow", /no calendar text/],
    ["an empty calendar", "BEGIN:VCALENDAR\nEND:VCALENDAR", /no event/],
    ["a task", "BEGIN:VCALENDAR\nBEGIN:VTODO\nUID:1\nEND:VTODO\nEND:VCALENDAR", /no event/],
    ["an event without UID", mail("BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT"), /no UID/],
    ["a whole calendar", mail(at("SUMMARY:x") + at("SUMMARY:y").replace("u1", "u2")), /2 different events/],
    ["a text that breaks off", mail(invited).slice(0, 300), /breaks off/],
    ["ends without beginnings", "END:VEVENT\nEND:VCALENDAR", /did not begin/],
    ["parts that cross", "BEGIN:VCALENDAR\nBEGIN:VEVENT\nEND:VCALENDAR\nEND:VEVENT", /did not begin/],
    ["deep parts", "BEGIN:VEVENT\n".repeat(50_000), /more parts/],
    ["many parts", `BEGIN:VCALENDAR\n${"BEGIN:VEVENT\nEND:VEVENT\n".repeat(20_000)}END:VCALENDAR`, /more parts/],
  ])("is refused when it is %s", async (_, ics, message) => {
    await expect(parseInvitation(ics)).rejects.toEqual(refusal(message));
  });

  it("is refused over 1 MB, and when it is no text", async () => {
    await expect(parseInvitation("x".repeat(1024 * 1024 + 1))).rejects.toMatchObject({ code: "request.too_large" });
    await expect(parseInvitation(7 as never)).rejects.toEqual(refusal(/invitation/));
    await expect(parseInvitation("", { zone: "UTC" } as never)).rejects.toEqual(refusal(/zone/));
  });

  it("is read where a line is very long, or there are very many", async () => {
    const long = 1_000_000;
    const lines = [
      `SUMMARY${";a=b".repeat(long / 4)}:x`,
      `SUMMARY;a="${"^n".repeat(long / 2)}":x`,
      `SUMMARY:${"\\n".repeat(long / 2)}`,
      `SUMMARY:x\n${"A:\n".repeat(long / 3)}`,
      `SUMMARY:x${"\n y".repeat(long / 3)}`,
      "ATTENDEE:mailto:a@b.c\n".repeat(long / 22),
      `EXDATE${";TZID=".repeat(long / 6)}`,
    ];
    for (const line of lines) {
      const ics = `BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:u1\n${line}\nEND:VEVENT\nEND:VCALENDAR`;
      expect((await parseInvitation(ics)).uid).toBe("u1");
    }
  });
});
