import { gzipSync } from "node:zlib";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGoogleSandbox, type GoogleSandbox } from "./index.js";

const alice = "alice@example.com";
const me = "/gmail/v1/users/me";
const events = "/calendar/v3/calendars/primary/events";
const json = { "content-type": "application/json" };

interface ErrorBody {
  error: { code: number; message: string; status?: string; errors?: { reason: string }[]; details?: unknown[] };
}

describe("the sandbox's HTTP", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice, labels: ["Work"] }] } });
  });
  afterEach(() => sandbox.close());

  const send = (method: string, path: string, body?: string | Buffer, headers: Record<string, string> = json) => {
    const scopes = ["https://mail.google.com/", "https://www.googleapis.com/auth/calendar"];
    const token = sandbox.issueToken(alice, scopes).accessToken;
    return fetch(sandbox.url + path, {
      method,
      headers: { authorization: `Bearer ${token}`, ...headers },
      ...(body !== undefined && { body: typeof body === "string" ? body : new Uint8Array(body) }),
    });
  };
  const refused = async (...args: Parameters<typeof send>): Promise<ErrorBody["error"]> => {
    const response = await send(...args);
    expect(response.status).toBe(400);
    return ((await response.json()) as ErrorBody).error;
  };

  it("reads bodies that are packed with gzip, and refuses what is packed wrongly", async () => {
    const packed = { ...json, "content-encoding": "gzip" };
    const body = gzipSync(JSON.stringify({ name: "Packed" }));
    expect(await (await send("POST", `${me}/labels`, body, packed)).json()).toMatchObject({ name: "Packed" });
    expect((await send("POST", `${me}/labels`, "not packed", packed)).status).toBe(400);
    expect((await send("POST", `${me}/labels`, body, { ...json, "content-encoding": "br" })).status).toBe(400);
  });

  it("takes POST for another method that a header names", async () => {
    const override = (method: string) => ({ ...json, "x-http-method-override": method });
    const renamed = await send("POST", `${me}/labels/Label_1`, JSON.stringify({ name: "Play" }), override("PATCH"));
    expect(await renamed.json()).toMatchObject({ id: "Label_1", name: "Play" });
    expect((await send("POST", `${me}/labels/Label_1`, undefined, override("DELETE"))).status).toBe(204);
    expect(sandbox.requests.map(({ httpMethod }) => httpMethod)).toEqual(["PATCH", "DELETE"]);
    expect((await send("GET", `${me}/labels`, undefined, override("DELETE"))).status).toBe(200);
  });

  it("answers HEAD without a body, and pages of other origins", async () => {
    const head = await send("HEAD", `${me}/labels`);
    expect(head.status).toBe(200);
    expect(head.headers.get("content-type")).toBe("application/json; charset=UTF-8");
    expect(await head.text()).toBe("");
    const origin = { origin: "http://page.example" };
    const asked = await send("OPTIONS", `${me}/labels`, undefined, origin);
    expect(asked.status).toBe(200);
    expect(asked.headers.get("access-control-allow-methods")).toContain("PATCH");
    const answered = await send("GET", `${me}/labels`, undefined, origin);
    expect(answered.headers.get("access-control-allow-origin")).toBe("http://page.example");
    expect((await send("GET", `${me}/labels`)).headers.has("access-control-allow-origin")).toBe(false);
  });

  it("writes JSON over many lines unless told not to", async () => {
    expect(await (await send("GET", `${me}/profile`)).text()).toContain('{\n  "emailAddress"');
    expect(await (await send("GET", `${me}/profile?prettyPrint=false`)).text()).toContain('{"emailAddress"');
  });

  it("takes of the parameters of every method those that each API has", async () => {
    expect((await send("GET", `${me}/labels?uploadType=media&quotaUser=x&key=k`)).status).toBe(200);
    expect((await send("GET", `${events}?userIp=127.0.0.1&quotaUser=x&key=k`)).status).toBe(200);
    expect((await refused("GET", `${events}?uploadType=media`)).message).toContain("uploadType");
    expect((await refused("GET", `${me}/labels?userIp=127.0.0.1`)).message).toContain("userIp");
  });

  it("writes errors in the newer format where it is asked for", async () => {
    const { status, errors } = await refused("GET", `${me}/messages/x?$.xgafv=2`);
    expect([status, errors]).toEqual(["INVALID_ARGUMENT", undefined]);
    expect((await refused("GET", `${me}/messages/x?$.xgafv=1`)).errors).toHaveLength(1);
    expect((await refused("GET", `${me}/labels?$.xgafv=3`)).message).toContain("xgafv");
  });

  it("refuses bodies that are no JSON, as each API does", async () => {
    const form = { "content-type": "application/x-www-form-urlencoded" };
    const named = await refused("POST", `${me}/labels`, "name=x&colour=red", form);
    expect(named.message).toContain(`Unknown name "name": Cannot bind query parameter.`);
    expect(named.message).toContain(`Unknown name "colour"`);
    expect(await refused("POST", events, "summary=x", form)).toMatchObject({
      message: "This API does not support parsing form-encoded input.",
      errors: [{ reason: "parseError" }],
    });
    const mail = { "content-type": "message/rfc822" };
    expect((await refused("POST", `${me}/labels`, "{}", mail)).errors).toMatchObject([{ reason: "badContent" }]);
    for (const path of [`${me}/labels`, events]) {
      const deep = `${'{"a":'.repeat(20_000)}1${"}".repeat(20_000)}`;
      for (const body of ["{", deep]) {
        expect((await refused("POST", path, body)).errors).toMatchObject([{ reason: "parseError" }]);
      }
    }
    // A GET with a body reaches no API: the front end refuses it, and fetch would not even send it.
    expect((await send("POST", `${me}/labels`, "{}", { ...json, "x-http-method-override": "GET" })).status).toBe(400);
  });

  it("names every field that Gmail does not know, and passes over those that Calendar does not", async () => {
    const body = { nickname: "x", color: { backgroundColour: "#000000" } };
    const { message, status, errors, details } = await refused("POST", `${me}/labels`, JSON.stringify(body));
    expect(message.split("\n")).toEqual([
      `Invalid JSON payload received. Unknown name "nickname" at 'label': Cannot find field.`,
      `Invalid JSON payload received. Unknown name "backgroundColour" at 'label.color': Cannot find field.`,
    ]);
    expect([status, errors?.[0]?.reason]).toEqual(["INVALID_ARGUMENT", "invalid"]);
    expect(details).toMatchObject([
      {
        "@type": "type.googleapis.com/google.rpc.BadRequest",
        fieldViolations: [{ field: "label" }, { field: "label.color" }],
      },
    ]);
    const event = { start: { date: "2026-11-23" }, end: { date: "2026-11-24" }, nickname: "x" };
    expect((await send("POST", events, JSON.stringify(event))).status).toBe(200);
  });

  it.each([
    ["messages/send", { raw: 5 }, "Invalid value at 'message.raw' (TYPE_BYTES), 5"],
    ["messages/send", { raw: ["x"] }, /"raw" at 'message': Proto field is not repeating, cannot start list\.$/],
    ["messages", { labelIds: [1] }, "Invalid value at 'message.label_ids[0]' (TYPE_STRING), 1"],
    [
      "messages",
      { payload: { parts: [{ filename: {} }] } },
      /'message\.payload\.parts\[0\]\.filename' \(TYPE_STRING\)/,
    ],
    ["messages", { sizeEstimate: "much" }, `Invalid value at 'message.size_estimate' (TYPE_INT32), "much"`],
    ["drafts", { message: "x" }, /'draft\.message' \(type\.googleapis\.com\/google\.gmail\.v1\.Message\), "x"/],
    ["messages/batchModify", { ids: [], add: [] }, /Unknown name "add": Cannot find field\.$/],
    ["labels", [], /Root element must be a message\.$/],
    ["labels", "x", /Root element must be a message\.$/],
    ["stop", { now: true }, /Unknown name "now": Cannot find field\.$/],
  ])("refuses to %s what does not fit: %j", async (path, body, message) => {
    const said = (await refused("POST", `${me}/${path}`, JSON.stringify(body))).message;
    expect(said).toEqual(typeof message === "string" ? message : expect.stringMatching(message));
  });

  it("understands snake case, and leaves out what is null", async () => {
    const body = { name: "Snake", label_list_visibility: "labelHide", color: null };
    expect(await (await send("POST", `${me}/labels`, JSON.stringify(body))).json()).toMatchObject({
      labelListVisibility: "labelHide",
    });
  });
});
