import { describe, expect, it } from "vitest";
import type { OperationEntry } from "../../operations/operation.js";
import { parseToolCall } from "./parse-call.js";
import type { PermittedProfile, ToolsetOptions } from "./permitted-tools.js";

function profile(name: string, permits: (entry: OperationEntry) => boolean = () => true): PermittedProfile {
  return { profile: name, services: { email: ["google_gmail"], calendar: ["google_calendar"] }, permits };
}

const reader = profile("private", ({ effect }) => effect === "read");
const options: ToolsetOptions = { permitted: [profile("work"), reader], files: true };
const search = { profile: "work", action: "search", query: "from:bob" };
const invalid = (field: string, message: RegExp, hint = /nothing was sent/): unknown =>
  expect.objectContaining({
    code: "request.invalid",
    details: { field },
    message: expect.stringMatching(message) as string,
    hint: expect.stringMatching(hint) as string,
  });

describe("parseToolCall", () => {
  it("gives the operation with its input, parsed, the profile's service and the usual budget", async () => {
    expect(await parseToolCall("email_find", search, options)).toEqual({
      kind: "operation",
      entry: expect.objectContaining({ name: "email.search" }) as unknown,
      operation: expect.objectContaining({ kind: "email" }) as unknown,
      profile: "work",
      service: "google_gmail",
      input: { query: "from:bob" },
      budget: 2_000,
    });
  });

  it("knows what is meant by a number as text, a switch as text, one item without its list, and null", async () => {
    const found = { ...search, limit: "20", body: "true", cursor: null, budget: "500" };
    expect(await parseToolCall("email_find", found, options)).toMatchObject({
      input: { query: "from:bob", limit: 20, body: true },
      budget: 500,
    });
    const trash = { profile: "work", action: "trash", ids: "m1" };
    expect(await parseToolCall("email_organize", trash, options)).toMatchObject({ input: { ids: ["m1"] } });
  });

  it("gives a commit by plan and hash", async () => {
    const commit = { profile: "work", plan: "k7f3-m2qd", hash: "00ff" };
    expect(await parseToolCall("commit", commit, options)).toEqual({ kind: "commit", ...commit });
    await expect(parseToolCall("commit", { ...commit, hash: undefined }, options)).rejects.toEqual(
      invalid("hash", /is missing/),
    );
    await expect(parseToolCall("commit", { ...commit, force: true }, options)).rejects.toEqual(
      invalid('"force"', /"force" is no argument of commit/, /profile, plan, hash/),
    );
  });

  it("goes on from a result without the rest of the input, and leaves a service's own cursor to the operation", async () => {
    const more = { profile: "work", action: "show", cursor: "c12", budget: 500 };
    expect(await parseToolCall("email_read", more, options)).toEqual({
      kind: "continue",
      entry: expect.objectContaining({ name: "email.show" }) as unknown,
      ...{ profile: "work", cursor: "c12", budget: 500 },
    });
    const page = { ...search, cursor: "eyJwIjoxfQ" };
    expect(await parseToolCall("email_find", page, options)).toMatchObject({ input: { cursor: "eyJwIjoxfQ" } });
    const none = { profile: "work", action: "show", id: "m1", cursor: "more" };
    await expect(parseToolCall("email_read", none, options)).rejects.toEqual(
      invalid("cursor", /none that a result gave/),
    );
  });

  it("never guesses the tool, the profile or the action, and says which there are", async () => {
    const call = async (tool: string, args: unknown): Promise<unknown> => parseToolCall(tool, args, options);
    await expect(call("email_delete_all", {})).rejects.toEqual(
      invalid("tool", /email_delete_all/, /email_find.*commit/),
    );
    await expect(call("email_find", {})).rejects.toEqual(invalid("profile", /is missing/, /work, private/));
    await expect(call("email_find", { ...search, profile: "Work" })).rejects.toEqual(
      invalid("profile", /"Work"/, /work, private/),
    );
    await expect(call("email_find", { profile: "work" })).rejects.toEqual(
      invalid("action", /missing/, /recent, search/),
    );
    await expect(call("email_find", { profile: "work", action: "send" })).rejects.toEqual(
      invalid("action", /"send"/, /recent, search/),
    );
  });

  it("takes the only action that a tool has without its name", async () => {
    const permits = ({ name }: OperationEntry): boolean => name === "email.show";
    const one = { permitted: [profile("work", permits)], files: true };
    expect(await parseToolCall("email_read", { profile: "work", id: "m1" }, one)).toMatchObject({
      input: { id: "m1" },
    });
  });

  it("does not blame the policy for a service that nobody connected or that is switched off", async () => {
    const noMail: PermittedProfile = { ...profile("work"), services: { email: [], calendar: ["google_calendar"] } };
    await expect(parseToolCall("email_find", search, { permitted: [noMail], files: true })).rejects.toMatchObject({
      ...{ code: "request.not_permitted", message: "No profile has email connected and switched on." },
      hint: expect.not.stringContaining("policy") as string,
    });
  });

  it("refuses what is not permitted for that profile", async () => {
    const refused = (message: RegExp): unknown =>
      expect.objectContaining({
        code: "request.not_permitted",
        message: expect.stringMatching(message) as string,
      });
    const send = { action: "send", to: ["bob@example.com"], text: "Hi" };
    await expect(parseToolCall("email_compose", { ...send, profile: "private" }, options)).rejects.toEqual(
      refused(/email_compose does is permitted for private/),
    );
    await expect(parseToolCall("commit", { profile: "private", plan: "p", hash: "h" }, options)).rejects.toEqual(
      refused(/commit/),
    );
    const drafts = profile("work", ({ effect }) => effect !== "send" && effect !== "delete");
    await expect(
      parseToolCall("email_compose", { ...send, profile: "work" }, { permitted: [drafts], files: true }),
    ).rejects.toEqual(refused(/email.send is not permitted for work/));
    await expect(
      parseToolCall("email_compose", { ...send, profile: "private" }, { permitted: [reader], files: true }),
    ).rejects.toEqual(refused(/any profile/));
  });

  it("refuses arguments that the action does not take, with those that it takes", async () => {
    const call = async (more: object, files = true): Promise<unknown> =>
      parseToolCall("email_read", { profile: "work", action: "attachments", id: "m1", ...more }, { ...options, files });
    await expect(call({ sendId: "s1" })).rejects.toEqual(
      invalid('"sendId"', /no argument of email.attachments/, /id, save, only, cursor, budget, and call again/),
    );
    await expect(call({ service: "google_gmail" })).rejects.toEqual(invalid('"service"', /no argument/));
    await expect(call({ save: "x" }, false)).rejects.toEqual(invalid('"save"', /no argument/));
    const send = { profile: "work", action: "send", to: "bob@example.com", text: "Hi", idempotencyKey: "mine" };
    await expect(parseToolCall("email_compose", send, options)).rejects.toEqual(
      invalid('"idempotencyKey"', /no argument/),
    );
  });

  it("names the field that lacks, has another type or is out of bounds", async () => {
    const call = async (more: object): Promise<unknown> => parseToolCall("email_find", { ...search, ...more }, options);
    await expect(call({ query: null })).rejects.toEqual(invalid("query", /is missing/));
    await expect(call({ query: 5 })).rejects.toEqual(invalid("query", /query cannot be used/));
    await expect(call({ limit: "many" })).rejects.toEqual(invalid("limit", /limit cannot be used/));
    await expect(call({ action: 1 })).rejects.toEqual(invalid("action", /is not text/));
    for (const budget of [499, 20_001, 300.5, "all", [500]]) {
      await expect(call({ budget })).rejects.toEqual(invalid("budget", /500 to 20000/));
    }
  });

  it("asks for the service where the profile has several", async () => {
    const two = { ...profile("work"), services: { email: ["google_gmail", "acme_mail"], calendar: [] } };
    const both = { permitted: [two, reader], files: true };
    await expect(parseToolCall("email_find", search, both)).rejects.toEqual(
      invalid("service", /is missing/, /google_gmail, acme_mail/),
    );
    expect(await parseToolCall("email_find", { ...search, service: "acme_mail" }, both)).toMatchObject({
      service: "acme_mail",
    });
    const other = { ...search, profile: "private", service: "acme_mail" };
    await expect(parseToolCall("email_find", other, both)).rejects.toEqual(invalid("service", /acme_mail/));
  });

  it("stays itself whatever it is given", async () => {
    const nested = JSON.parse(`${"[".repeat(200_000)}${"]".repeat(200_000)}`) as unknown;
    const circular: Record<string, unknown> = { ...search };
    circular["query"] = circular;
    const polluted = JSON.parse('{"__proto__": {"profile": "work"}, "constructor": 1}') as unknown;
    const sparse = { ...search, ids: new Array(2 ** 32 - 1) };
    const all = [
      "x",
      7,
      [],
      [search],
      sparse,
      () => search,
      circular,
      { limit: 1n },
      { ...search, query: nested },
      polluted,
    ];
    for (const args of all) {
      await expect(parseToolCall("email_find", args, options)).rejects.toMatchObject({ code: "request.invalid" });
    }
    for (const tool of ["__proto__", "constructor", "toString", ""]) {
      await expect(parseToolCall(tool, search, options)).rejects.toMatchObject({ code: "request.invalid" });
    }
    for (const action of ["__proto__", "hasOwnProperty", ""]) {
      await expect(parseToolCall("email_find", { ...search, action }, options)).rejects.toMatchObject({
        code: "request.invalid",
      });
    }
    expect(Object.keys(Object.prototype)).toEqual([]);
  });

  it("refuses more than a megabyte, however it is made up, and quotes little of what is wrong", async () => {
    const huge = [
      { ...search, query: "é".repeat(500_000) },
      { ...search, ids: Array.from({ length: 600_000 }, () => 0) },
    ];
    for (const args of huge) {
      await expect(parseToolCall("email_find", args, options)).rejects.toMatchObject({ code: "request.too_large" });
    }
    const long = "x".repeat(900_000);
    for (const [tool, args] of [
      ["email_find", { ...search, profile: long }],
      ["email_find", { ...search, [long]: 1 }],
      ["calendar_find", { profile: "work", action: "agenda", from: long }],
      ["calendar_respond", { profile: "work", action: "respond", id: "e1", answer: long }],
    ] as const) {
      const error: unknown = await parseToolCall(tool, args, options).catch((cause: unknown) => cause);
      expect(error).toMatchObject({ code: "request.invalid" });
      expect(JSON.stringify(error).length).toBeLessThan(2_000);
    }
  });

  it("gives a copy that nobody else holds", async () => {
    const ids = ["m1"];
    const call = await parseToolCall("email_organize", { profile: "work", action: "trash", ids }, options);
    ids.push("m2");
    expect(call).toMatchObject({ input: { ids: ["m1"] } });
  });
});
