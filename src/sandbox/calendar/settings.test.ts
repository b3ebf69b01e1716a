import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, parseSeed, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";

describe("settings and colours in the sandbox's Calendar", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    const calendarSettings = { locale: "de", weekStart: 1, hideWeekends: true };
    sandbox = await createGoogleSandbox({
      seed: {
        calendar: { syncTokenDays: 10 },
        users: [{ email: alice, timeZone: "Europe/Berlin", calendarSettings }, { email: "bob@example.com" }],
      },
    });
  });
  afterEach(() => sandbox.close());

  it("are all that Google documents, as the seed has them", async () => {
    const { settings } = calendarClient(sandbox, alice, ["calendar.settings.readonly"]);
    const { data } = await settings.list();
    expect(Object.fromEntries((data.items ?? []).map(({ id, value }) => [id, value]))).toEqual({
      autoAddHangouts: "false",
      dateFieldOrder: "MDY",
      defaultEventLength: "60",
      format24HourTime: "false",
      hideInvitations: "false",
      hideWeekends: "true",
      locale: "de",
      remindOnRespondedEventsOnly: "false",
      showDeclinedEvents: "true",
      timezone: "Europe/Berlin",
      useKeyboardShortcuts: "true",
      weekStart: "1",
    });
    expect(data).toMatchObject({ kind: "calendar#settings", etag: expect.any(String) as string });
    const locale = await settings.get({ setting: "locale" });
    expect(locale.data).toEqual(data.items?.find(({ id }) => id === "locale"));
    expect(locale.data).toMatchObject({ kind: "calendar#setting", value: "de" });
    await expect(settings.get({ setting: "shoeSize" })).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("come by pages, and with a sync token only where they changed, also between two pages", async () => {
    const { settings } = calendarClient(sandbox, alice);
    const first = (await settings.list({ maxResults: 7 })).data;
    expect(first.items).toHaveLength(7);
    expect(first).not.toHaveProperty("nextSyncToken");
    sandbox.changeCalendarSetting(alice, "dateFieldOrder", "DMY"); // it stood on the first page
    const second = (await settings.list({ maxResults: 7, pageToken: first.nextPageToken ?? "" })).data;
    expect(second.items).toHaveLength(5);
    const syncToken = second.nextSyncToken ?? "";
    const { data } = await settings.list({ syncToken });
    expect(data.items).toMatchObject([{ id: "dateFieldOrder", value: "DMY" }]);
    const again = await settings.list({ syncToken: data.nextSyncToken ?? "" });
    expect(again.data.items).toEqual([]);
  });

  it("refuse sync tokens that are nobody's, somebody else's or too old", async () => {
    const { settings } = calendarClient(sandbox, alice);
    const bobs = (await calendarClient(sandbox, "bob@example.com").settings.list()).data.nextSyncToken ?? "";
    for (const syncToken of ["garbage", bobs]) {
      await expect(settings.list({ syncToken })).rejects.toMatchObject(refusal(400, "invalid"));
    }
    const syncToken = (await settings.list()).data.nextSyncToken ?? "";
    sandbox.expireSyncTokens();
    await expect(settings.list({ syncToken })).rejects.toMatchObject(refusal(410, "fullSyncRequired"));
    const newer = (await settings.list()).data.nextSyncToken ?? "";
    sandbox.clock.advance(10 * 86_400_000);
    await expect(calendarClient(sandbox, alice).settings.list({ syncToken: newer })).rejects.toMatchObject(
      refusal(410, "fullSyncRequired"),
    );
  });

  it("answer 304 to who has the version already", async () => {
    const { accessToken } = sandbox.issueToken(alice, ["https://www.googleapis.com/auth/calendar"]);
    const get = (headers: Record<string, string> = {}): Promise<Response> =>
      fetch(`${sandbox.url}/calendar/v3/users/me/settings/locale`, {
        headers: { authorization: `Bearer ${accessToken}`, ...headers },
      });
    const etag = (await get()).headers.get("etag") ?? "";
    const unchanged = await get({ "if-none-match": etag });
    expect([unchanged.status, await unchanged.text(), unchanged.headers.get("etag")]).toEqual([304, "", etag]);
    sandbox.changeCalendarSetting(alice, "locale", "fr");
    expect(await (await get({ "if-none-match": etag })).json()).toMatchObject({ value: "fr" });
  });

  it("name a wrong one in the seed, and change to nothing that Calendar's page would not offer", async () => {
    const seed = `users: [{ email: ${alice}, calendarSettings: { weekStart: 3 } }]`;
    await expect(parseSeed(seed)).rejects.toMatchObject({
      code: "config.invalid",
      details: { path: "users.0.calendarSettings.weekStart" },
    });
    for (const [id, value] of [
      ["weekStart", "3"],
      ["shoeSize", "43"],
    ] as const) {
      expect(() => sandbox.changeCalendarSetting(alice, id, value)).toThrow(id);
    }
  });

  it("have Google's palette", async () => {
    const { data } = await calendarClient(sandbox, alice, ["calendar.calendarlist.readonly"]).colors.get();
    expect(data).toMatchObject({ kind: "calendar#colors", updated: "2012-02-14T00:00:00.000Z" });
    expect(Object.keys(data.calendar ?? {})).toHaveLength(24);
    expect(Object.keys(data.event ?? {})).toHaveLength(11);
    expect(data.calendar?.["14"]).toEqual({ background: "#9fe1e7", foreground: "#1d1d1d" });
    expect(data.event?.["9"]).toEqual({ background: "#5484ed", foreground: "#1d1d1d" });
    const { colors } = calendarClient(sandbox, alice, ["calendar.freebusy"]);
    await expect(colors.get()).rejects.toMatchObject(refusal(403, "insufficientPermissions"));
  });
});
