import { createServer, type IncomingHttpHeaders, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const now = Date.parse("2026-11-23T08:00:00Z");
const dayMs = 86_400_000;
const day = { start: { date: "2026-11-24" }, end: { date: "2026-11-25" } };
const elsewhere = "https://receiver.example/calendar";
const seed: SandboxSeed = {
  calendar: { channelDays: 10 },
  users: [{ email: alice, calendars: [{ share: [{ email: bob, role: "reader" }] }] }, { email: bob }],
};

describe("channels that tell of changes", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed, clock: movedClock(now) });
  });
  afterEach(() => sandbox.close());

  const watch = (requestBody: object, user = alice) =>
    calendarClient(sandbox, user).events.watch({
      calendarId: alice,
      requestBody: { id: "one", type: "web_hook", address: elsewhere, ...requestBody },
    });
  const states = (user = alice): string[] => sandbox.inspect.pushes(user).map(({ state }) => state);
  const insert = (fields: object = {}) =>
    calendarClient(sandbox, alice).events.insert({ calendarId: "primary", requestBody: { ...day, ...fields } });

  it("are opened with what Google tells of them, and begin with a sync message", async () => {
    const { data } = await watch({ token: "room=7" });
    expect(data).toMatchObject({ kind: "api#channel", id: "one", token: "room=7" });
    expect(data.expiration).toBe(String(now + 7 * dayMs));
    expect(data.resourceUri).toBe(`${sandbox.url}/calendar/v3/calendars/${encodeURIComponent(alice)}/events?alt=json`);
    expect(sandbox.inspect.pushes(alice)).toMatchObject([
      {
        channelId: "one",
        state: "sync",
        delivery: "not called",
        headers: {
          "X-Goog-Channel-ID": "one",
          "X-Goog-Channel-Token": "room=7",
          "X-Goog-Channel-Expiration": "Mon, 30 Nov 2026 08:00:00 GMT",
          "X-Goog-Resource-ID": data.resourceId,
          "X-Goog-Resource-URI": data.resourceUri,
          "X-Goog-Resource-State": "sync",
          "X-Goog-Message-Number": "1",
        },
      },
    ]);
  });

  it("tell of each change, and of nothing else", async () => {
    await watch({});
    const { data } = await insert();
    await calendarClient(sandbox, alice).events.list({ calendarId: "primary" });
    await calendarClient(sandbox, bob).events.insert({ calendarId: "primary", requestBody: day });
    expect(states()).toEqual(["sync", "exists"]);
    await calendarClient(sandbox, alice).events.delete({ calendarId: "primary", eventId: data.id ?? "" });
    expect(states()).toEqual(["sync", "exists", "exists"]);
    const numbers = sandbox.inspect.pushes(alice).map(({ headers }) => headers["X-Goog-Message-Number"]);
    expect(numbers).toEqual(["1", "2", "3"]);
  });

  it("tell of chosen types of events only", async () => {
    const { events } = calendarClient(sandbox, alice);
    const requestBody = { id: "one", type: "web_hook", address: elsewhere };
    await events.watch({ calendarId: "primary", eventTypes: ["outOfOffice"], requestBody });
    await insert();
    expect(states()).toEqual(["sync"]);
    const times = { start: { dateTime: "2026-11-24T09:00:00Z" }, end: { dateTime: "2026-11-24T10:00:00Z" } };
    await insert({ ...times, eventType: "outOfOffice", outOfOfficeProperties: {} });
    expect(states()).toEqual(["sync", "exists"]);
  });

  it("tell of changed settings and of a changed list of calendars", async () => {
    const { settings, calendarList } = calendarClient(sandbox, alice);
    const requestBody = { type: "web_hook", address: elsewhere };
    await settings.watch({ requestBody: { ...requestBody, id: "settings" } });
    await calendarList.watch({ requestBody: { ...requestBody, id: "list" } });
    sandbox.changeCalendarSetting(alice, "locale", "fr");
    const told = sandbox.inspect.pushes(alice).map(({ channelId, state }) => [channelId, state]);
    expect(told).toEqual([
      ["settings", "sync"],
      ["list", "sync"],
      ["settings", "exists"],
    ]);
  });

  it.each([
    [{ id: undefined }, "required"],
    [{ id: "with space" }, "invalid"],
    [{ id: "x".repeat(65) }, "invalid"],
    [{ type: undefined }, "required"],
    [{ type: "pigeon" }, "push.channelTypeNotSupported"],
    [{ address: undefined }, "required"],
    [{ address: "nowhere" }, "push.webhookUrlNotHttps"],
    [{ address: "http://receiver.example/" }, "push.webhookUrlNotHttps"],
    [{ token: "x".repeat(257) }, "invalid"],
    [{ expiration: String(now - 1) }, "invalid"],
    [{ expiration: "soon" }, "invalid"],
    [{ params: { ttl: "-5" } }, "invalid"],
  ])("are refused with %j as %s, and nothing is sent", async (body, reason) => {
    await expect(watch(body)).rejects.toMatchObject(refusal(400, reason));
    expect(states()).toEqual([]);
  });

  it("have ids of their own, which are free again after the end", async () => {
    await watch({ params: { ttl: "60" } });
    await expect(watch({})).rejects.toMatchObject(refusal(400, "channelIdNotUnique"));
    sandbox.clock.advance(60_000);
    expect((await watch({})).status).toBe(200);
  });

  it("live no longer than allowed, and say nothing afterwards", async () => {
    const { data } = await watch({ expiration: String(now + 90 * dayMs) });
    expect(data.expiration).toBe(String(now + 10 * dayMs));
    sandbox.clock.advance(10 * dayMs);
    await insert();
    expect(states()).toEqual(["sync"]);
  });

  it("are stopped by who opened them, with both ids", async () => {
    const { data } = await watch({});
    const { id, resourceId } = data;
    const stop = (requestBody: object, user = alice) => calendarClient(sandbox, user).channels.stop({ requestBody });
    await expect(stop({ id })).rejects.toMatchObject(refusal(400, "required"));
    await expect(stop({ id, resourceId: "other" })).rejects.toMatchObject(refusal(404, "notFound"));
    await expect(stop({ id, resourceId }, bob)).rejects.toMatchObject(refusal(404, "notFound"));
    expect((await stop({ id, resourceId })).status).toBe(204);
    await insert();
    expect(states()).toEqual(["sync"]);
    await expect(stop({ id, resourceId })).rejects.toMatchObject(refusal(404, "notFound"));
  });

  it("are not opened for calendars that one may not see", async () => {
    const { events } = calendarClient(sandbox, alice);
    const requestBody = { id: "one", type: "web_hook", address: elsewhere };
    await expect(events.watch({ calendarId: "no@example.com", requestBody })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    await watch({ id: "bobs" }, bob);
    await insert();
    expect(states(bob)).toEqual(["sync", "exists"]);
  });

  describe("to a receiver on this machine", () => {
    let receiver: Server;
    let answers: number[];
    let received: IncomingHttpHeaders[];
    let address: string;
    beforeEach(async () => {
      [answers, received] = [[], []];
      receiver = createServer((request, response) => {
        received.push(request.headers);
        const status = answers.shift() ?? 204;
        if (status === 0) request.socket.destroy();
        else response.writeHead(status).end();
      });
      await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
      address = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/calendar`;
    });
    afterEach(() => new Promise((resolve) => receiver.close(resolve)));

    it("are posted in order, with Google's headers", async () => {
      await watch({ address, token: "room=7" });
      await insert();
      await sandbox.pushesSettled();
      expect(received.map((headers) => [headers["x-goog-resource-state"], headers["content-length"]])).toEqual([
        ["sync", "0"],
        ["exists", "0"],
      ]);
      expect(received[1]).toMatchObject({ "x-goog-channel-token": "room=7", "x-goog-message-number": "2" });
      expect(sandbox.inspect.pushes(alice).map(({ delivery, status }) => [delivery, status])).toEqual([
        ["delivered", 204],
        ["delivered", 204],
      ]);
    });

    it("are repeated for one that has failed, and trouble nobody when it goes on failing", async () => {
      answers = [503, 200, 404, 0];
      await watch({ address });
      await insert();
      await insert();
      await sandbox.pushesSettled();
      expect(sandbox.inspect.pushes(alice).map(({ delivery, status }) => [delivery, status])).toEqual([
        ["delivered", 200],
        ["refused", 404],
        ["unreachable", undefined],
      ]);
    });
  });
});
