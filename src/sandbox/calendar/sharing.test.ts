import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, parseSeed, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const team = "team@group.calendar.google.com";
const times = { start: { dateTime: "2026-11-24T12:00:00Z" }, end: { dateTime: "2026-11-24T13:00:00Z" } };
const seed = `
groups: [{ email: studio@example.com, members: [carol@example.com] }]
users:
  - email: ${alice}
    calendars:
      - share: [{ email: bob@example.com, role: reader }, { domain: example.com, role: freeBusyReader }]
        events: [{ id: plan00001, summary: Plan, start: { date: 2026-11-24 }, end: { date: 2026-11-25 } }]
      - id: ${team}
        summary: Team
        description: Who is where
        location: Studio
        share:
          - { email: bob@example.com, role: writer }
          - { email: dora@elsewhere.example, role: reader, listed: false }
      - id: studio@group.calendar.google.com
        share: [{ email: studio@example.com, role: reader }]
      - id: town@group.calendar.google.com
        share: [{ everyone: true, role: reader }]
  - email: bob@example.com
    calendars: [{ id: holidays@group.v.calendar.google.com, summary: Holidays, accessRole: reader }]
  - email: carol@example.com
    calendars: [{ id: holidays@group.v.calendar.google.com, accessRole: reader }]
  - email: dora@elsewhere.example
`;

describe("calendars that are shared", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: await parseSeed(seed) });
  });
  afterEach(() => sandbox.close());

  const listOf = async (user: string) =>
    ((await calendarClient(sandbox, user).calendarList.list()).data.items ?? []).map(({ id, accessRole }) => [
      id,
      accessRole,
    ]);

  it("stand in the lists of those whom the seed gives them to, with the role of each", async () => {
    expect(await listOf(alice)).toEqual([
      [alice, "owner"],
      [team, "owner"],
      ["studio@group.calendar.google.com", "owner"],
      ["town@group.calendar.google.com", "owner"],
    ]);
    expect(await listOf("bob@example.com")).toEqual([
      ["bob@example.com", "owner"],
      [alice, "reader"],
      [team, "writer"],
      ["holidays@group.v.calendar.google.com", "reader"],
    ]);
    expect(await listOf("dora@elsewhere.example")).toEqual([["dora@elsewhere.example", "owner"]]);
    const { data } = await calendarClient(sandbox, "bob@example.com").calendarList.get({ calendarId: team });
    expect(data).toMatchObject({ summary: "Team", description: "Who is where", location: "Studio", dataOwner: alice });
    expect(data).not.toHaveProperty("primary");
  });

  it("are one calendar for all, which those read who may and those write who may", async () => {
    const bobs = calendarClient(sandbox, "bob@example.com");
    const { data: written } = await bobs.events.insert({
      calendarId: team,
      requestBody: { summary: "Away", ...times },
    });
    expect(written).toMatchObject({ creator: { email: "bob@example.com" }, organizer: { email: team, self: true } });
    for (const user of [alice, "dora@elsewhere.example"]) {
      const target = { calendarId: team, eventId: written.id ?? "" };
      expect((await calendarClient(sandbox, user).events.get(target)).data.summary).toBe("Away");
    }
    expect((await bobs.events.get({ calendarId: alice, eventId: "plan00001" })).data.summary).toBe("Plan");
  });

  it("refuse changes by readers, and are not there for strangers", async () => {
    const bobs = calendarClient(sandbox, "bob@example.com");
    for (const write of [
      bobs.events.insert({ calendarId: alice, requestBody: times }),
      bobs.events.patch({ calendarId: alice, eventId: "plan00001", requestBody: { summary: "Mine" } }),
      bobs.events.delete({ calendarId: alice, eventId: "plan00001" }),
    ]) {
      await expect(write).rejects.toMatchObject(refusal(403, "requiredAccessLevel"));
      await expect(write).rejects.toMatchObject({
        response: { data: { error: { errors: [{ domain: "calendar" }] } } },
      });
    }
    const studio = { calendarId: "studio@group.calendar.google.com" };
    await expect(bobs.events.list(studio)).rejects.toMatchObject(refusal(404, "notFound"));
    const carols = calendarClient(sandbox, "carol@example.com");
    expect((await carols.events.list(studio)).data.accessRole).toBe("reader");
    const doras = calendarClient(sandbox, "dora@elsewhere.example");
    for (const calendarId of [alice, "bob@example.com"]) {
      await expect(doras.events.list({ calendarId })).rejects.toMatchObject(refusal(404, "notFound"));
      await expect(doras.events.insert({ calendarId, requestBody: times })).rejects.toMatchObject(
        refusal(404, "notFound"),
      );
    }
    const town = await doras.events.list({ calendarId: "town@group.calendar.google.com" });
    expect(town.data.accessRole).toBe("reader");
  });

  it("show a person's domain when that person is busy, unless the seed says otherwise", async () => {
    const query = { timeMin: "2026-11-24T00:00:00Z", timeMax: "2026-11-25T00:00:00Z", items: [{ id: alice }] };
    const carols = await calendarClient(sandbox, "carol@example.com").freebusy.query({ requestBody: query });
    expect(carols.data.calendars?.[alice]?.busy).toHaveLength(1);
    const doras = await calendarClient(sandbox, "dora@elsewhere.example").freebusy.query({ requestBody: query });
    expect(doras.data.calendars?.[alice]?.errors).toMatchObject([{ reason: "notFound" }]);
    const alone = await createGoogleSandbox({
      seed: { users: [{ email: alice, calendars: [{ share: [] }] }, { email: "carol@example.com" }] },
    });
    const answer = await calendarClient(alone, "carol@example.com").freebusy.query({ requestBody: query });
    expect(answer.data.calendars?.[alice]?.errors).toMatchObject([{ reason: "notFound" }]);
    await alone.close();
  });

  it.each([
    ["share.0", "share: [{ email: bob@example.com, domain: example.com, role: reader }]"],
    ["share.0", "share: [{ role: reader }]"],
    ["share.0", "share: [{ domain: example.com, role: reader, listed: true }]"],
    ["share.0.role", "share: [{ email: bob@example.com, role: admin }]"],
    ["share.0.email", "share: [{ email: bob, role: reader }]"],
    ["accessRole", "accessRole: boss"],
  ])("are refused where the seed is wrong: %s", async (place, calendar) => {
    await expect(parseSeed(`users: [{ email: ${alice}, calendars: [{ ${calendar} }] }]`)).rejects.toMatchObject({
      code: "config.invalid",
      details: { path: `users.0.calendars.0.${place}` },
    });
  });
});
