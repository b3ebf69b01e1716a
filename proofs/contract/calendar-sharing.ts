import assert from "node:assert/strict";
import { refused, shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import { calendarId as primary, insert, list } from "./dates.js";
import type { Person } from "./google.js";

const calendars = "https://developers.google.com/workspace/calendar/api/v3/reference/calendars";
const calendarList = "https://developers.google.com/workspace/calendar/api/v3/reference/calendarList";
const acl = "https://developers.google.com/workspace/calendar/api/v3/reference/acl";
const scopes = "https://developers.google.com/workspace/calendar/api/auth";
const auth = "https://www.googleapis.com/auth/";
const push = "https://developers.google.com/workspace/calendar/api/guides/push";
const receiver = { type: "web_hook", address: "https://receiver.example/notifications" };

async function makeTeam({ calendar }: Person): Promise<string> {
  return (await calendar.calendars.insert({ requestBody: { summary: "Team" } })).data.id ?? "";
}

async function share({ calendar }: Person, calendarId: string, { email }: Person, role: string): Promise<string> {
  const requestBody = { role, scope: { type: "user", value: email } };
  return (await calendar.acl.insert({ calendarId, requestBody })).data.id ?? "";
}

/** Calendars, who may what with them, and who is told of changes. */
export const calendarSharing: Chapter = {
  title: "Calendar: calendars, rules, push",
  source: acl,
  behaviours: [
    {
      says: "a new calendar has an id at group.calendar.google.com and stands in its maker's list as owner",
      source: calendars,
      check: async ({ alice }) => {
        const calendarId = await makeTeam(alice);
        assert.match(calendarId, /@group\.calendar\.google\.com$/);
        shows((await alice.calendar.calendarList.get({ calendarId })).data, { summary: "Team", accessRole: "owner" });
      },
    },
    {
      says: "a main calendar cannot be deleted, and is cleared instead",
      source: calendars,
      check: async ({ alice }) => {
        await insert(alice);
        const deletion = await alice.calendar.calendars
          .delete({ calendarId: primary })
          .catch((thrown: unknown) => thrown);
        shows(deletion, { response: { status: 403 } });
        assert.equal((await list(alice)).items.length, 1);
        await alice.calendar.calendars.clear({ calendarId: primary });
        assert.deepEqual((await list(alice)).items, []);
      },
    },
    {
      says: "a rule has the id of its scope, and gives its person the role",
      check: async ({ alice, bob }) => {
        const calendarId = await makeTeam(alice);
        assert.equal(await share(alice, calendarId, bob, "reader"), `user:${bob.email}`);
        assert.equal((await list(bob, { calendarId })).accessRole, "reader");
        await refused(insert(bob, {}, { calendarId }), 403, "requiredAccessLevel");
      },
    },
    {
      says: "the scope calendar.events.owned is for calendars that one owns",
      source: scopes,
      check: async ({ alice, bob, person }) => {
        const calendarId = await makeTeam(alice);
        await share(alice, calendarId, bob, "writer");
        const bobs = person(bob.email, [`${auth}calendar.events.owned`]);
        await insert(bobs);
        await refused(insert(bobs, {}, { calendarId }), 403, "insufficientPermissions");
      },
    },
    {
      says: "the scope calendar.events.freebusy tells when one is busy, and no more",
      source: scopes,
      check: async ({ alice, person }) => {
        await insert(alice, { summary: "Secret" });
        const { items } = await list(person(alice.email, [`${auth}calendar.events.freebusy`]));
        assert.equal(items.length, 1);
        assert.equal(items[0]?.summary, undefined);
      },
    },
    {
      says: "the scope calendar.events.public.readonly reads what all may read",
      source: scopes,
      check: async ({ alice, person }) => {
        const reader = person(alice.email, [`${auth}calendar.events.public.readonly`]);
        await refused(list(reader), 403, "insufficientPermissions");
        const requestBody = { role: "reader", scope: { type: "default" } };
        await alice.calendar.acl.insert({ calendarId: primary, requestBody });
        assert.deepEqual((await list(reader)).items, []);
      },
    },
    {
      says: "the scope calendar.app.created makes calendars and has all of those, and none of the others",
      source: scopes,
      check: async ({ alice, person }) => {
        const app = person(alice.email, [`${auth}calendar.app.created`]);
        const calendarId = await makeTeam(app);
        await insert(app, {}, { calendarId });
        await refused(insert(app), 403, "insufficientPermissions");
      },
    },
    {
      says: "a role that is raised lets its person write",
      check: async ({ alice, bob }) => {
        const calendarId = await makeTeam(alice);
        const ruleId = await share(alice, calendarId, bob, "reader");
        await alice.calendar.acl.patch({ calendarId, ruleId, requestBody: { role: "writer" } });
        shows(await insert(bob, {}, { calendarId }), {
          creator: { email: bob.email },
          organizer: { email: calendarId },
        });
      },
    },
    {
      says: "without the rule the calendar is not found any more",
      check: async ({ alice, bob }) => {
        const calendarId = await makeTeam(alice);
        const ruleId = await share(alice, calendarId, bob, "reader");
        shows(await list(bob, { calendarId }), { items: [] });
        await alice.calendar.acl.delete({ calendarId, ruleId });
        await refused(list(bob, { calendarId }), 404, "notFound");
      },
    },
    {
      says: "rules are changed by owners only",
      check: async ({ alice, bob }) => {
        const calendarId = await makeTeam(alice);
        await share(alice, calendarId, bob, "writer");
        await refused(share(bob, calendarId, bob, "owner"), 403, "requiredAccessLevel");
      },
    },
    {
      says: "a deleted rule comes with a sync token, with the role none",
      check: async ({ alice, bob }) => {
        const calendarId = await makeTeam(alice);
        const ruleId = await share(alice, calendarId, bob, "reader");
        const { nextSyncToken } = (await alice.calendar.acl.list({ calendarId })).data;
        await alice.calendar.acl.delete({ calendarId, ruleId });
        const { data } = await alice.calendar.acl.list({ calendarId, syncToken: nextSyncToken ?? "" });
        shows(data.items, [{ id: ruleId, role: "none" }]);
      },
    },
    {
      says: "a person's list has colours and a title of one's own, for nobody else",
      source: calendarList,
      check: async ({ alice, bob }) => {
        const id = await makeTeam(alice);
        await share(alice, id, bob, "reader");
        const requestBody = { id, summaryOverride: "Alice's team", colorId: "9" };
        shows((await bob.calendar.calendarList.insert({ requestBody })).data, { summary: "Team", ...requestBody });
        assert.equal((await alice.calendar.calendarList.get({ calendarId: id })).data.summaryOverride, undefined);
      },
    },
    {
      says: "a hidden calendar is listed when it is asked for",
      source: calendarList,
      check: async ({ alice }) => {
        const calendarId = await makeTeam(alice);
        await alice.calendar.calendarList.patch({ calendarId, requestBody: { hidden: true } });
        const count = async (showHidden: boolean): Promise<number> =>
          (await alice.calendar.calendarList.list({ showHidden })).data.items?.length ?? 0;
        assert.deepEqual([await count(false), await count(true)], [1, 2]);
      },
    },
    {
      says: "a calendar taken from a list comes with a sync token, as deleted",
      source: calendarList,
      check: async ({ alice, bob }) => {
        const id = await makeTeam(alice);
        await share(alice, id, bob, "reader");
        await bob.calendar.calendarList.insert({ requestBody: { id } });
        const { nextSyncToken } = (await bob.calendar.calendarList.list()).data;
        await bob.calendar.calendarList.delete({ calendarId: id });
        const { data } = await bob.calendar.calendarList.list({ syncToken: nextSyncToken ?? "" });
        shows(data.items, [{ id, deleted: true }]);
      },
    },
    {
      says: "a channel begins with a message of the state sync, and tells every change without saying what changed",
      source: push,
      check: async ({ alice, sandbox }) => {
        const requestBody = { ...receiver, id: "c-1", token: "mine" };
        const { data } = await alice.calendar.events.watch({ calendarId: primary, requestBody });
        shows(data, { kind: "api#channel", id: "c-1", token: "mine" });
        await insert(alice);
        const pushes = sandbox.inspect.pushes(alice.email);
        assert.deepEqual(
          pushes.map(({ state }) => state),
          ["sync", "exists"],
        );
        shows(pushes[1]?.headers, {
          "X-Goog-Channel-ID": "c-1",
          "X-Goog-Channel-Token": "mine",
          "X-Goog-Message-Number": "2",
          "X-Goog-Resource-ID": data.resourceId,
        });
      },
    },
    {
      says: "a channel's address must be https",
      source: push,
      check: async ({ alice }) => {
        const requestBody = { ...receiver, id: "c-1", address: "http://receiver.example/" };
        await refused(
          alice.calendar.events.watch({ calendarId: primary, requestBody }),
          400,
          "push.webhookUrlNotHttps",
        );
      },
    },
    {
      says: "the id of a channel is used once",
      source: push,
      check: async ({ alice: { calendar } }) => {
        const watch = (): Promise<{ data: object }> =>
          calendar.acl.watch({ calendarId: primary, requestBody: { ...receiver, id: "c-1" } });
        shows((await watch()).data, { id: "c-1" });
        await refused(watch(), 400, "channelIdNotUnique");
      },
    },
    {
      says: "a stopped channel tells nothing, and cannot be stopped again",
      source: push,
      check: async ({ alice, sandbox }) => {
        const requestBody = { ...receiver, id: "c-1" };
        const { data } = await alice.calendar.events.watch({ calendarId: primary, requestBody });
        const stop = (): Promise<{ status: number }> =>
          alice.calendar.channels.stop({ requestBody: { id: "c-1", resourceId: data.resourceId ?? "" } });
        assert.equal((await stop()).status, 204);
        await insert(alice);
        assert.equal(sandbox.inspect.pushes(alice.email).length, 1);
        await refused(stop(), 404, "notFound");
      },
    },
  ],
};
