import { describe, expect, it } from "vitest";
import { createGoogleSandbox } from "./index.js";
import { parseSeed, type SeedEvent } from "./seed.js";

describe("parseSeed", () => {
  it("says where a file is no YAML", async () => {
    await expect(parseSeed("users:\n  - email: 'a\n")).rejects.toMatchObject({
      code: "config.invalid",
      message: expect.stringMatching(/line 3/) as string,
    });
  });

  it("names a key that it does not know", async () => {
    await expect(parseSeed("users: [{ email: a@b.c, mails: [] }]")).rejects.toMatchObject({
      details: { path: "users.0.mails" },
    });
  });
});

describe("the events of a seed", () => {
  const times = { start: { date: "2026-11-23" }, end: { date: "2026-11-24" } };
  const timed = (field: object) => ({
    start: { dateTime: "2026-11-23T09:00:00Z", ...field },
    end: { dateTime: "2026-11-23T10:00:00Z" },
  });

  it.each<[string, SeedEvent]>([
    ["start", { ...times, start: {} }],
    ["start.date", { ...times, start: { date: "notadate" } }],
    ["start.date", { ...times, start: { date: "2026-02-30" } }],
    ["start.dateTime", timed({ dateTime: "yesterday" })],
    ["start.dateTime", timed({ dateTime: "2026-11-31T09:00:00" })],
    ["start.timeZone", timed({ timeZone: "Mars/Base" })],
    ["end", { ...times, end: { dateTime: "2026-11-23T09:00:00Z" } }],
    ["recurrence", { ...times, recurrence: "RRULE:FREQ=DAILY" }],
    ["recurrence.1", { ...times, recurrence: ["RRULE:FREQ=DAILY", "RRULE:FREQ=NOPE"] }],
    ["recurrence.0", { ...times, recurrence: ["every day"] }],
  ])("that cannot be are refused with their place: %s", async (place, event) => {
    const seed = { users: [{ email: "a@example.com", calendars: [{ events: [times, event] }] }] };
    await expect(createGoogleSandbox({ seed })).rejects.toMatchObject({
      code: "config.invalid",
      details: { path: `users.0.calendars.0.events.1.${place}` },
    });
  });

  it("and a person's impossible zone", async () => {
    const seed = { users: [{ email: "a@example.com", timeZone: "Nowhere" }] };
    await expect(createGoogleSandbox({ seed })).rejects.toMatchObject({ details: { path: "users.0.timeZone" } });
  });
});
