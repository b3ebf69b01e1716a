import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomRuns } from "../../../test/support/random-runs.js";
import { isIntegrationError } from "../../core/errors.js";
import { parseInvitation } from "./parse-invitation.js";

const whole = [
  "BEGIN:VCALENDAR",
  "METHOD:REQUEST",
  "BEGIN:VTIMEZONE",
  "TZID:Customized",
  "BEGIN:STANDARD",
  "DTSTART:16010101T030000",
  "TZOFFSETFROM:+0200",
  "TZOFFSETTO:+0100",
  "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=10;UNTIL=20301027T010000Z",
  "END:STANDARD",
  "BEGIN:DAYLIGHT",
  "DTSTART:16010101T020000",
  "TZOFFSETFROM:+0100",
  "TZOFFSETTO:+0200",
  "RDATE:20260329T020000",
  "END:DAYLIGHT",
  "END:VTIMEZONE",
  "BEGIN:VEVENT",
  "UID:u1",
  "DTSTART;TZID=Customized:20261123T090000",
  "DURATION:P1DT2H",
  "RRULE:FREQ=WEEKLY;COUNT=3",
  'ATTENDEE;CN="A, B";PARTSTAT=ACCEPTED:mailto:a@example.com',
  "CONFERENCE;VALUE=URI;FEATURE=VIDEO:https://call.example/1",
  "END:VEVENT",
  "BEGIN:VEVENT",
  "UID:u1",
  "RECURRENCE-ID;VALUE=DATE;RANGE=THISANDFUTURE:20261123",
  "DTSTART;VALUE=DATE:20261124",
  "END:VEVENT",
  "END:VCALENDAR",
];
const pieces = [
  ...whole,
  ...[
    "",
    " ",
    ":",
    ";",
    "=",
    ",",
    '"',
    "\\",
    "\r",
    "\n ",
    "\0",
    "\ud800",
    "%",
    "T",
    "Z",
    "-",
    "9",
    "99999999",
    "__proto__",
  ],
  ...[
    "BEGIN:",
    "END:VEVENT",
    "DTSTART:",
    "VALUE=",
    "VALUE=PERIOD",
    "TZID=",
    "TZID=constructor",
    "RRULE:FREQ=SECONDLY",
    "P9999D",
  ],
];

const change = fc.record({
  line: fc.nat({ max: whole.length - 1 }),
  from: fc.nat({ max: 60 }),
  length: fc.nat({ max: 20 }),
  piece: fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary", maxLength: 12 })),
  how: fc.constantFrom("inside", "before", "instead", "twice"),
});
type Change = typeof change extends fc.Arbitrary<infer T> ? T : never;

function changed(lines: readonly string[], { line, from, length, piece, how }: Change): string[] {
  const old = lines[line] ?? "";
  const inside = old.slice(0, from) + piece + old.slice(from + length);
  const replacement = { inside: [inside], before: [piece, old], instead: [piece], twice: [old, old] }[how];
  return lines.toSpliced(line, 1, ...replacement);
}

async function holds(ics: string | Uint8Array, timeZone: string | undefined): Promise<void> {
  try {
    const invitation = await parseInvitation(ics, { ...(timeZone !== undefined && { timeZone }) });
    expect(invitation.uid).not.toBe("");
    expect(JSON.parse(JSON.stringify(invitation))).toEqual(invitation);
    for (const { start, end } of [invitation.event, ...invitation.exceptions]) {
      expect((start?.date ?? "") <= (end?.date ?? "")).toBe(true);
      expect(Date.parse(start?.dateTime ?? "1970-01-01") <= Date.parse(end?.dateTime ?? "1970-01-01")).toBe(true);
    }
  } catch (error) {
    if (!isIntegrationError(error)) throw error;
    expect([error.code, error.hint !== ""]).toEqual(["request.invalid", true]);
  }
}

describe("an invitation of any content", () => {
  const zone = fc.constantFrom(undefined, "Pacific/Apia", "Africa/Monrovia");

  it("is read or refused with a hint when pieces of a good one are changed", async () => {
    const changes = fc.array(change, { minLength: 1, maxLength: 4 });
    await fc.assert(
      fc.asyncProperty(changes, zone, async (made, timeZone) => {
        await holds(made.reduce(changed, whole).join("\r\n"), timeZone);
      }),
      { numRuns: randomRuns(200) },
    );
  });

  it("is read or refused with a hint when it is put together at random", async () => {
    const lines = fc.array(fc.oneof(fc.constantFrom(...pieces), fc.string({ unit: "binary" })), { maxLength: 40 });
    const end = ["UID:u1", "END:VEVENT", "END:VCALENDAR"];
    await fc.assert(
      fc.asyncProperty(lines, zone, async (made, timeZone) => {
        await holds(["BEGIN:VCALENDAR", "BEGIN:VEVENT", ...made, ...end].join("\n"), timeZone);
      }),
      { numRuns: randomRuns(100) },
    );
  });

  it("is read or refused with a hint when it is bytes", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 400 }), fc.nat({ max: 700 }), async (bytes, place) => {
        const good = Buffer.from(whole.join("\r\n"));
        await holds(bytes, "UTC");
        await holds(Buffer.concat([good.subarray(0, place), bytes.subarray(0, 6), good.subarray(place)]), "UTC");
      }),
      { numRuns: randomRuns(70) },
    );
  });
});
