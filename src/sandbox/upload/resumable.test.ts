import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const piece = 256 * 1024;
const weekMs = 7 * 24 * 3_600_000;
const head = `To: ${bob}\r\nSubject: Large\r\n\r\n`;
const mail = Buffer.concat([Buffer.from(head), Buffer.alloc(2 * piece, "y"), Buffer.from("end")]);

describe("uploading a mail to the sandbox in pieces", () => {
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice }, { email: bob }] } });
  });
  afterEach(() => sandbox.close());

  const bearer = (user = alice): Record<string, string> => ({
    authorization: `Bearer ${sandbox.issueToken(user, ["https://mail.google.com/"]).accessToken}`,
  });
  const announce = (headers: Record<string, string> = {}, body = "", path = "messages/send", method = "POST") =>
    fetch(`${sandbox.url}/upload/gmail/v1/users/me/${path}${path.includes("?") ? "&" : "?"}uploadType=resumable`, {
      method,
      headers: { ...bearer(), "x-upload-content-type": "message/rfc822", ...headers },
      ...(body !== "" && { body }),
    });
  const begin = async (...args: Parameters<typeof announce>): Promise<string> =>
    (await announce(...args)).headers.get("location") ?? "";
  const put = async (url: string, range: string | undefined, body: Buffer = Buffer.alloc(0), headers = {}) => {
    const response = await fetch(url, {
      method: "PUT",
      headers: { ...(range !== undefined && { "content-range": range }), ...headers },
      body: new Uint8Array(body),
    });
    const text = await response.text();
    return { status: response.status, range: response.headers.get("range"), text };
  };
  const sent = (): Record<string, unknown>[] => sandbox.inspect.messages(bob);

  it("answers the announcement with an address, and sends when everything is there", async () => {
    const announced = await announce({ "x-upload-content-length": String(mail.length) });
    expect(announced.status).toBe(200);
    expect(await announced.text()).toBe("");
    const url = announced.headers.get("location") ?? "";
    const id = announced.headers.get("x-guploader-uploadid");
    expect(new URL(url).searchParams.get("upload_id")).toBe(id);
    expect(await put(url, undefined, mail)).toMatchObject({ status: 200 });
    expect(sent()).toHaveLength(1);
    expect(sandbox.requests.map(({ method, units }) => [method, units])).toEqual([
      ["gmail.users.messages.send", 100],
      ["gmail.users.messages.send", 0],
    ]);
    expect(JSON.stringify(sandbox.requests)).not.toContain(id);
  });

  it("takes pieces in order, and says how far it is", async () => {
    const url = await begin();
    expect(await put(url, "bytes */*")).toEqual({ status: 308, range: null, text: "" });
    expect(await put(url, `bytes 0-${piece - 1}/*`, mail.subarray(0, piece))).toMatchObject({
      status: 308,
      range: `bytes=0-${piece - 1}`,
    });
    expect(await put(url, `bytes */${mail.length}`)).toMatchObject({ status: 308, range: `bytes=0-${piece - 1}` });
    expect(sent()).toEqual([]);
    const rest = `bytes ${piece}-${mail.length - 1}/${mail.length}`;
    const last = await put(url, rest, mail.subarray(piece), bearer());
    expect(last).toMatchObject({ status: 200 });
    expect(JSON.parse(last.text)).toMatchObject({ labelIds: ["SENT"] });
    expect(sent()).toHaveLength(1);
    expect(sent()[0]).toMatchObject({ sizeEstimate: expect.any(Number) as number });
  });

  it("keeps multiples of 256 KiB, and passes over what comes twice", async () => {
    const url = await begin();
    const ragged = piece + 5;
    expect(await put(url, `bytes 0-${ragged - 1}/${mail.length}`, mail.subarray(0, ragged))).toMatchObject({
      status: 308,
      range: `bytes=0-${piece - 1}`,
    });
    expect(await put(url, `bytes 0-${2 * piece - 1}/${mail.length}`, mail.subarray(0, 2 * piece))).toMatchObject({
      range: `bytes=0-${2 * piece - 1}`,
    });
    const from = 2 * piece;
    const rest = await put(url, `bytes ${from}-${mail.length - 1}/${mail.length}`, mail.subarray(from));
    const id = (JSON.parse(rest.text) as { id: string }).id;
    const read = await fetch(`${sandbox.url}/gmail/v1/users/me/messages/${id}?format=raw`, { headers: bearer() });
    const { raw } = (await read.json()) as { raw: string };
    const kept = Buffer.from(raw, "base64url").toString();
    expect(kept.slice(kept.indexOf("\r\n\r\n"))).toBe(mail.toString().slice(mail.indexOf("\r\n\r\n")));
  });

  it("gives the same answer again to whoever lost it, and sends once", async () => {
    const url = await begin();
    sandbox.failNext({ method: "gmail.users.messages.send", respond: "accepted-no-answer" });
    await expect(put(url, undefined, mail)).rejects.toThrow();
    const asked = await put(url, `bytes */${mail.length}`);
    expect(asked).toMatchObject({ status: 200 });
    expect(await put(url, undefined, mail)).toEqual(asked);
    expect(sent()).toHaveLength(1);
  });

  it("takes the JSON with the announcement, and the method's parameters", async () => {
    const json = JSON.stringify({ labelIds: ["STARRED"] });
    const type = { "content-type": "application/json; charset=UTF-8" };
    const url = await begin(type, json, "messages?internalDateSource=dateHeader");
    const dated = Buffer.from("Date: Thu, 01 Jan 2026 08:00:00 +0000\r\n\r\nx");
    expect(JSON.parse((await put(url, undefined, dated)).text)).toMatchObject({ labelIds: ["STARRED"] });
    expect(sandbox.inspect.messages(alice)).toMatchObject([
      { internalDate: String(Date.parse("2026-01-01T08:00:00Z")) },
    ]);
  });

  it("announces new content of a draft with PUT", async () => {
    const created = await put(await begin({}, "", "drafts"), undefined, mail);
    const { id } = JSON.parse(created.text) as { id: string };
    const updated = await put(
      await begin({}, "", `drafts/${id}`, "PUT"),
      undefined,
      Buffer.from("Subject: New\r\n\r\n"),
    );
    expect(JSON.parse(updated.text)).toMatchObject({ id });
  });

  it.each([
    ["a gap", `bytes ${piece}-${2 * piece - 1}/*`, piece, /exceeds already uploaded size of 0/],
    ["less than 256 KiB in the middle", "bytes 0-4/100", 5, /equal or greater than 262144/],
    ["a range of another length", "bytes 0-4/5", 4, /announces 5/],
    ["a range that is none", "bytes five", 5, /parse/],
    ["a range beyond the total", "bytes 0-4/3", 5, /parse/],
  ])("refuses %s, and keeps nothing of it", async (_, range, size, message) => {
    const url = await begin();
    const refused = await put(url, range, Buffer.alloc(size));
    expect(refused.status).toBe(400);
    expect((JSON.parse(refused.text) as { error: { message: string } }).error.message).toMatch(message);
    expect(await put(url, "bytes */*")).toMatchObject({ status: 308, range: null });
  });

  it("refuses another size than the announced one, and what is too large", async () => {
    const url = await begin({ "x-upload-content-length": "7" });
    expect((await put(url, undefined, mail)).status).toBe(400);
    expect((await announce({ "x-upload-content-length": String(35 * 1024 * 1024 + 1) })).status).toBe(413);
    expect((await put(await begin(), `bytes */${35 * 1024 * 1024 + 1}`)).status).toBe(413);
    expect((await announce({ "x-upload-content-type": "image/png" })).status).toBe(400);
    expect((await announce({ "x-upload-content-length": "-1" })).status).toBe(400);
    expect((await announce({ authorization: "Bearer wrong" })).status).toBe(401);
  });

  it("lets the last piece be sent again after a refusal", async () => {
    const bad = Buffer.from("Subject: To whom?\r\n\r\n");
    const url = await begin();
    expect((await put(url, undefined, bad)).status).toBe(400);
    expect(await put(url, "bytes */*")).toMatchObject({ status: 308, range: null });
    expect((await put(url, undefined, mail)).status).toBe(200);
  });

  it("belongs to who announced it, and is forgotten after a week", async () => {
    const url = await begin();
    expect((await put(url, undefined, mail, bearer(bob))).status).toBe(404);
    expect((await put(url, undefined, mail, { authorization: "Bearer wrong" })).status).toBe(401);
    sandbox.clock.advance(weekMs - 60_000);
    expect((await put(url, "bytes */*")).status).toBe(308);
    sandbox.clock.advance(60_000);
    expect((await put(url, undefined, mail)).status).toBe(404);
    expect((await put(`${url}x`, undefined, mail, bearer())).status).toBe(404);
    expect(sent()).toEqual([]);
  });
});
