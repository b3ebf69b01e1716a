import type { calendar_v3 } from "@googleapis/calendar";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@elsewhere.example";
const times = { start: { dateTime: "2026-11-24T12:00:00Z" }, end: { dateTime: "2026-11-24T13:00:00Z" } };

let sandbox: GoogleSandbox;
let ours: calendar_v3.Calendar;
let his: calendar_v3.Calendar;
beforeEach(async () => {
  sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice }, { email: bob }] } });
  [ours, his] = [calendarClient(sandbox, alice), calendarClient(sandbox, bob)];
});
afterEach(() => sandbox.close());

/** A new calendar of Alice's. */
async function makeTeam(): Promise<string> {
  const { data } = await ours.calendars.insert({ requestBody: { summary: "Team", timeZone: "Europe/Berlin" } });
  return data.id ?? "";
}

describe("a calendar", () => {
  it("is made with an id of its own, and is its maker's", async () => {
    const requestBody = { summary: "Team", description: "Who is where", location: "Studio", timeZone: "Europe/Berlin" };
    const { data } = await ours.calendars.insert({ requestBody });
    expect(data).toMatchObject({ kind: "calendar#calendar", ...requestBody, dataOwner: alice });
    expect(data.id).toMatch(/@group\.calendar\.google\.com$/);
    const entry = await ours.calendarList.get({ calendarId: data.id ?? "" });
    expect(entry.data).toMatchObject({ summary: "Team", accessRole: "owner" });
    await expect(his.calendars.get({ calendarId: data.id ?? "" })).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("is changed in part or whole, by its owner, over the version that is known", async () => {
    const calendarId = await makeTeam();
    const before = await ours.calendars.get({ calendarId });
    const patched = await ours.calendars.patch({ calendarId, requestBody: { description: "Who is where" } });
    expect(patched.data).toMatchObject({ summary: "Team", description: "Who is where", timeZone: "Europe/Berlin" });
    const old = { headers: { "If-Match": before.data.etag ?? "" } };
    const late = ours.calendars.patch({ calendarId, requestBody: { summary: "Late" } }, old);
    await expect(late).rejects.toMatchObject(refusal(412, "conditionNotMet"));
    const written = await ours.calendars.update({ calendarId, requestBody: { summary: "Crew" } });
    expect(written.data).toMatchObject({ summary: "Crew", timeZone: "Europe/Berlin" });
    expect(written.data).not.toHaveProperty("description");
  });

  it.each([
    ["no title", {}, "required"],
    ["a zone that is none", { summary: "Team", timeZone: "Mars/Base" }, "invalid"],
  ])("is not made with %s", async (_, requestBody, reason) => {
    await expect(ours.calendars.insert({ requestBody })).rejects.toMatchObject(refusal(400, reason));
  });

  it("is deleted for all with its events, unless it is somebody's main one, which is cleared", async () => {
    const calendarId = await makeTeam();
    await ours.acl.insert({ calendarId, requestBody: { scope: { type: "user", value: bob }, role: "writer" } });
    const { data } = await his.events.insert({ calendarId, requestBody: times });
    await expect(his.calendars.delete({ calendarId })).rejects.toMatchObject(refusal(403, "requiredAccessLevel"));
    await expect(ours.calendars.clear({ calendarId })).rejects.toMatchObject(refusal(400, "invalid"));
    expect((await ours.calendars.delete({ calendarId })).status).toBe(204);
    await expect(his.events.get({ calendarId, eventId: data.id ?? "" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    const main = { calendarId: "primary" };
    await ours.events.insert({ ...main, requestBody: times });
    await expect(ours.calendars.delete(main)).rejects.toMatchObject({ response: { status: 403 } });
    await ours.calendars.clear(main);
    expect((await ours.events.list(main)).data.items).toEqual([]);
  });
});

describe("the rules of a calendar", () => {
  const share = (
    calendarId: string,
    role: string,
    scope: calendar_v3.Schema$AclRule["scope"] = { type: "user", value: bob },
  ) => ours.acl.insert({ calendarId, requestBody: { role, scope } });

  it("say who may read and write, until they are taken away", async () => {
    const calendarId = await makeTeam();
    const { data: rule } = await share(calendarId, "reader");
    expect(rule).toMatchObject({ kind: "calendar#aclRule", id: `user:${bob}`, role: "reader" });
    const write = () => his.events.insert({ calendarId, requestBody: times });
    expect((await his.events.list({ calendarId })).data.accessRole).toBe("reader");
    await expect(write()).rejects.toMatchObject(refusal(403, "requiredAccessLevel"));
    const ruleId = rule.id ?? "";
    await ours.acl.patch({ calendarId, ruleId, requestBody: { role: "writer" } });
    await write();
    await ours.acl.update({ calendarId, ruleId, requestBody: { role: "freeBusyReader", scope: rule.scope ?? {} } });
    const { items } = (await his.events.list({ calendarId })).data;
    expect(items).toMatchObject([{ visibility: "private" }]);
    expect((await ours.acl.delete({ calendarId, ruleId })).status).toBe(204);
    await expect(his.events.list({ calendarId })).rejects.toMatchObject(refusal(404, "notFound"));
    await expect(ours.acl.get({ calendarId, ruleId })).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("are for a domain and for everybody as well", async () => {
    const calendarId = await makeTeam();
    const read = () => his.events.list({ calendarId });
    await share(calendarId, "reader", { type: "domain", value: "example.com" });
    await expect(read()).rejects.toMatchObject(refusal(404, "notFound"));
    await share(calendarId, "reader", { type: "domain", value: "elsewhere.example" });
    expect((await read()).status).toBe(200);
    await ours.acl.delete({ calendarId, ruleId: "domain:elsewhere.example" });
    await share(calendarId, "freeBusyReader", { type: "default" });
    expect((await read()).data.accessRole).toBe("freeBusyReader");
  });

  it("are listed, and what changed since comes with a sync token, also what was deleted", async () => {
    const calendarId = await makeTeam();
    const { data } = await ours.acl.list({ calendarId });
    expect(data.items).toMatchObject([{ id: `user:${alice}`, role: "owner" }]);
    await share(calendarId, "reader");
    await ours.acl.delete({ calendarId, ruleId: `user:${bob}` });
    const since = await ours.acl.list({ calendarId, syncToken: data.nextSyncToken ?? "" });
    expect(since.data.items).toMatchObject([{ id: `user:${bob}`, role: "none" }]);
    expect((await ours.acl.list({ calendarId })).data.items).toHaveLength(1);
    expect((await ours.acl.list({ calendarId, showDeleted: true })).data.items).toHaveLength(2);
    sandbox.expireSyncTokens();
    const late = ours.acl.list({ calendarId, syncToken: data.nextSyncToken ?? "" });
    await expect(late).rejects.toMatchObject(refusal(410, "fullSyncRequired"));
  });

  it("are changed by owners alone, and nobody takes away the own", async () => {
    const calendarId = await makeTeam();
    await share(calendarId, "writer");
    const rules = await his.acl.list({ calendarId });
    expect(rules.data.items).toHaveLength(2);
    const own = his.acl.patch({ calendarId, ruleId: `user:${bob}`, requestBody: { role: "owner" } });
    await expect(own).rejects.toMatchObject(refusal(403, "requiredAccessLevel"));
    const away = ours.acl.delete({ calendarId, ruleId: `user:${alice}` });
    await expect(away).rejects.toMatchObject(refusal(403, "cannotChangeOwnAcl"));
  });

  it.each([
    ["no role", { scope: { type: "user", value: bob } }, "required"],
    ["an unknown role", { role: "king", scope: { type: "user", value: bob } }, "invalid"],
    ["no scope", { role: "reader" }, "required"],
    ["an unknown scope", { role: "reader", scope: { type: "planet", value: "x" } }, "invalid"],
    ["an address for a domain", { role: "reader", scope: { type: "domain", value: bob } }, "invalid"],
  ])("are not made with %s", async (_, requestBody, reason) => {
    await expect(ours.acl.insert({ calendarId: "primary", requestBody })).rejects.toMatchObject(refusal(400, reason));
  });
});

describe("a person's list of calendars", () => {
  const shared = async (): Promise<string> => {
    const calendarId = await makeTeam();
    await ours.acl.insert({ calendarId, requestBody: { scope: { type: "user", value: bob }, role: "reader" } });
    return calendarId;
  };
  const idsOf = async (options: calendar_v3.Params$Resource$Calendarlist$List = {}) =>
    (await his.calendarList.list(options)).data.items?.map(({ id }) => id);

  it("takes a calendar that one may see, with colours and a title of one's own", async () => {
    const id = await shared();
    expect(await idsOf()).toEqual([bob]);
    const requestBody = { id, colorId: "9", summaryOverride: "Alice's team", selected: true };
    const { data } = await his.calendarList.insert({ requestBody });
    expect(data).toMatchObject({ summary: "Team", accessRole: "reader", ...requestBody });
    const painted = { backgroundColor: "#0088aa", foregroundColor: "#ffffff" };
    const patched = await his.calendarList.patch({ calendarId: id, colorRgbFormat: true, requestBody: painted });
    expect(patched.data).toMatchObject({ ...painted, summaryOverride: "Alice's team" });
    const whole = await his.calendarList.update({ calendarId: id, requestBody: { colorId: "3" } });
    expect(whole.data).not.toHaveProperty("summaryOverride");
    expect((await ours.calendarList.get({ calendarId: id })).data).not.toHaveProperty("summaryOverride");
  });

  it("shows what is hidden, deleted or of a role when it is asked for", async () => {
    const id = await shared();
    await his.calendarList.insert({ requestBody: { id, hidden: true } });
    expect([await idsOf(), await idsOf({ showHidden: true })]).toEqual([[bob], [bob, id]]);
    expect(await idsOf({ showHidden: true, minAccessRole: "owner" })).toEqual([bob]);
    await his.calendarList.delete({ calendarId: id });
    expect(await idsOf({ showDeleted: true })).toEqual([bob, id]);
  });

  it("tells what changed since, also what is gone", async () => {
    const id = await shared();
    const { data } = await his.calendarList.list();
    const since = (syncToken = data.nextSyncToken ?? "") => his.calendarList.list({ syncToken });
    expect((await since()).data.items).toEqual([]);
    await his.calendarList.insert({ requestBody: { id } });
    expect((await since()).data.items).toMatchObject([{ id, accessRole: "reader" }]);
    await his.calendarList.delete({ calendarId: id });
    expect((await since()).data.items).toMatchObject([{ id, deleted: true }]);
    sandbox.expireSyncTokens();
    await expect(since()).rejects.toMatchObject(refusal(410, "fullSyncRequired"));
  });

  it("refuses what cannot be seen, what is not in it, and to lose the main calendar", async () => {
    const id = await makeTeam();
    await expect(his.calendarList.insert({ requestBody: { id } })).rejects.toMatchObject(refusal(404, "notFound"));
    const nothing = his.calendarList.patch({ calendarId: id, requestBody: { hidden: true } });
    await expect(nothing).rejects.toMatchObject(refusal(404, "notFound"));
    await expect(his.calendarList.delete({ calendarId: bob })).rejects.toMatchObject(refusal(400, "invalid"));
    const wrong = his.calendarList.patch({ calendarId: "primary", requestBody: { colorId: "99" } });
    await expect(wrong).rejects.toMatchObject(refusal(400, "invalid"));
  });
});
