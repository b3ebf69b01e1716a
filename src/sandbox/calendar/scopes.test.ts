import { describe, expect, it } from "vitest";
import { alice, bob, calendarWorld, hour, team } from "../../../test/support/calendar-world.js";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";

const calendarId = "primary";
const requestBody = { summary: "Boards", location: "Pier 4", ...hour("2026-11-24") };
const tooNarrow = refusal(403, "insufficientPermissions");

describe("a token for some calendars only", () => {
  it("reads those that its person owns", async () => {
    await using w = await calendarWorld();
    await w.events(alice).insert({ calendarId: team, requestBody });
    for (const scope of ["calendar.events.owned", "calendar.events.owned.readonly"]) {
      const [hers, his] = [alice, bob].map((user) => calendarClient(w.sandbox, user, [scope]).events);
      expect((await hers?.list({ calendarId: team }))?.data.items).toMatchObject([{ summary: "Boards" }]);
      expect((await his?.list({ calendarId }))?.data.items).toEqual([]);
      await expect(his?.list({ calendarId: team })).rejects.toMatchObject(tooNarrow);
    }
  });

  it("reads those that all may read, as all may", async () => {
    await using w = await calendarWorld();
    const { id: eventId = "" } = (await w.events(alice).insert({ calendarId, requestBody })).data;
    const { events } = calendarClient(w.sandbox, alice, ["calendar.events.public.readonly"]);
    const get = { calendarId, eventId: eventId ?? "" };
    await expect(events.get(get)).rejects.toMatchObject(tooNarrow);
    const { acl } = calendarClient(w.sandbox, alice);
    const share = (role: string) => acl.insert({ calendarId, requestBody: { role, scope: { type: "default" } } });
    await share("freeBusyReader");
    expect((await events.get(get)).data).not.toHaveProperty("summary");
    await share("reader");
    expect((await events.get(get)).data).toMatchObject({ summary: "Boards", location: "Pier 4" });
  });

  it("sees of any only when it is busy", async () => {
    await using w = await calendarWorld();
    const { data: made } = await w.events(alice).insert({ calendarId, requestBody });
    const { events, freebusy } = calendarClient(w.sandbox, alice, ["calendar.events.freebusy"]);
    const { data } = await events.list({ calendarId });
    expect(data).toMatchObject({ accessRole: "freeBusyReader", items: [{ start: made.start, end: made.end }] });
    expect(data.items?.[0]).not.toHaveProperty("summary");
    const span = { timeMin: "2026-11-24T00:00:00Z", timeMax: "2026-11-25T00:00:00Z" };
    const busy = await freebusy.query({ requestBody: { ...span, items: [{ id: alice }] } });
    expect(busy.data.calendars?.[alice]?.busy).toHaveLength(1);
    await expect(events.insert({ calendarId, requestBody })).rejects.toMatchObject(tooNarrow);
  });

  it("makes calendars and does all with those that its application made, and nothing with others", async () => {
    await using w = await calendarWorld();
    const api = calendarClient(w.sandbox, alice, ["calendar.app.created"]);
    const { data: made } = await api.calendars.insert({ requestBody: { summary: "Surfboards" } });
    const own = made.id ?? "";
    await api.events.insert({ calendarId: own, requestBody });
    expect((await api.events.list({ calendarId: own })).data.items).toMatchObject([{ summary: "Boards" }]);
    expect((await api.calendarList.get({ calendarId: own })).data.summary).toBe("Surfboards");
    await expect(api.events.list({ calendarId })).rejects.toMatchObject(tooNarrow);
    await expect(api.events.insert({ calendarId: team, requestBody })).rejects.toMatchObject(tooNarrow);
    await expect(api.calendars.get({ calendarId })).rejects.toMatchObject(tooNarrow);
    await expect(api.calendarList.list()).rejects.toMatchObject(tooNarrow);
    await api.calendars.delete({ calendarId: own });
  });

  it("is for all that any of its scopes is for", async () => {
    await using w = await calendarWorld();
    await w.events(alice).insert({ calendarId: team, requestBody });
    const scopes = ["calendar.events.owned", "calendar.events.freebusy", "calendar.readonly"];
    const { events } = calendarClient(w.sandbox, bob, scopes);
    expect((await events.list({ calendarId: team })).data).toMatchObject({ items: [{ summary: "Boards" }] });
    // What reads all of them does not help to write there.
    await expect(events.insert({ calendarId: team, requestBody })).rejects.toMatchObject(tooNarrow);
  });
});
