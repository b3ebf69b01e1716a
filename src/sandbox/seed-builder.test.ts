import { describe, expect, it } from "vitest";
import { buildSeed, checkSeed, createGoogleSandbox } from "./index.js";

describe("a seed that is built", () => {
  it("is what would be written by hand", () => {
    const seed = buildSeed({ seed: 7 })
      .person("alice@example.com", { timeZone: "Europe/Berlin" })
      .mail({ from: "bob@example.com", subject: "One" }, { subject: "Two" })
      .event("Lunch", "2026-11-24T12:30:00", { minutes: 45, attendees: [{ email: "bob@example.com" }] })
      .calendar({ id: "team@group.calendar.google.com" })
      .event("Offsite", "2026-11-30", { days: 2 })
      .event("Call", "2026-11-24T23:30:00+01:00")
      .person("bob@example.com")
      .build();
    expect(checkSeed(seed)).toEqual({
      seed: 7,
      users: [
        {
          email: "alice@example.com",
          timeZone: "Europe/Berlin",
          messages: [{ from: "bob@example.com", subject: "One" }, { subject: "Two" }],
          calendars: [
            {
              events: [
                {
                  summary: "Lunch",
                  start: { dateTime: "2026-11-24T12:30:00" },
                  end: { dateTime: "2026-11-24T13:15:00" },
                  attendees: [{ email: "bob@example.com" }],
                },
              ],
            },
            {
              id: "team@group.calendar.google.com",
              events: [
                { summary: "Offsite", start: { date: "2026-11-30" }, end: { date: "2026-12-02" } },
                {
                  summary: "Call",
                  start: { dateTime: "2026-11-24T23:30:00+01:00" },
                  end: { dateTime: "2026-11-25T00:30:00+01:00" },
                },
              ],
            },
          ],
        },
        { email: "bob@example.com", messages: [], calendars: [] },
      ],
    });
  });

  it("does not change with what is added later", () => {
    const person = buildSeed().person("alice@example.com").mail({ subject: "One" });
    const before = person.build();
    person.mail({ subject: "Two" });
    expect(before.users[0]?.messages).toHaveLength(1);
  });

  it("starts a sandbox in which each has what was given", async () => {
    const seed = buildSeed()
      .person("alice@example.com", { timeZone: "Europe/Berlin" })
      .event("Lunch", "2026-11-24T12:30:00", { attendees: [{ email: "bob@example.com" }] })
      .person("bob@example.com")
      .build();
    const sandbox = await createGoogleSandbox({ seed });
    expect(sandbox.inspect.events("bob@example.com")).toMatchObject([
      { summary: "Lunch", start: { dateTime: "2026-11-24T11:30:00Z" } },
    ]);
    await sandbox.close();
  });

  it.each(["2026-02-30", "noon", "2026-11-24T25:00:00Z"])(
    "is refused with its place for a time that is none: %s",
    async (start) => {
      const seed = buildSeed().person("alice@example.com").event("Lunch", start).build();
      await expect(createGoogleSandbox({ seed })).rejects.toMatchObject({
        code: "config.invalid",
        details: { path: expect.stringMatching(/^users\.0\.calendars\.0\.events\.0\.start/) as string },
      });
    },
  );
});
