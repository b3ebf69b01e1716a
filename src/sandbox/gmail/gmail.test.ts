import { auth as googleAuth, gmail as gmailApi, type gmail_v1 } from "@googleapis/gmail";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movedClock, type MovedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, lifelikeWorld, type GoogleSandbox } from "../index.js";
import { parseMime } from "./mime-tree.js";

const alice = "alice@example.com";
const now = Date.parse("2026-11-23T12:00:00Z");
const scope = (name: string): string => `https://www.googleapis.com/auth/gmail.${name}`;

describe("the sandbox's Gmail, by Google's own client", () => {
  let clock: MovedClock;
  let sandbox: GoogleSandbox;
  let api: gmail_v1.Gmail;
  const clientWith = (scopes: string[], user = alice): gmail_v1.Gmail => {
    const auth = new googleAuth.OAuth2();
    auth.setCredentials({ access_token: sandbox.issueToken(user, scopes).accessToken });
    return gmailApi({ version: "v1", auth, rootUrl: `${sandbox.url}/`, retryConfig: { retry: 0 } });
  };
  beforeEach(async () => {
    clock = movedClock(now);
    sandbox = await createGoogleSandbox({ seed: lifelikeWorld({ now }), clock });
    api = clientWith([scope("readonly")]);
  });
  afterEach(() => sandbox.close());

  it("answers a malformed address, too", async () => {
    const { accessToken } = sandbox.issueToken(alice, [scope("readonly")]);
    const headers = { authorization: `Bearer ${accessToken}` };
    const answer = await fetch(`${sandbox.url}/gmail/v1/users/me/messages/%ZZ`, { headers });
    expect(answer.status).toBeGreaterThanOrEqual(400);
    expect(answer.status).toBeLessThan(500);
  });

  const list = async (params: object = {}) =>
    (await api.users.messages.list({ userId: "me", ...params })).data.messages ?? [];
  const subjectsOf = async (params: object): Promise<string[]> =>
    Promise.all(
      (await list(params)).map(async ({ id }) => {
        const { data } = await api.users.messages.get({
          userId: "me",
          id: id ?? "",
          format: "metadata",
          metadataHeaders: ["Subject"],
        });
        return data.payload?.headers?.[0]?.value ?? "";
      }),
    );
  const refusal = (code: number, reason: string) => ({
    code,
    response: { data: { error: { code, errors: [{ reason }] } } },
  });

  it("tells the profile, and labels with their counts", async () => {
    const { data } = await api.users.getProfile({ userId: alice });
    expect(data).toMatchObject({ emailAddress: alice, messagesTotal: 25, threadsTotal: 23 });
    const labels = (await api.users.labels.list({ userId: "me" })).data.labels ?? [];
    const invoices = labels.find(({ name }) => name === "Invoices");
    expect(invoices).toMatchObject({ type: "user" });
    expect(invoices).not.toHaveProperty("messagesTotal");
    const { data: counted } = await api.users.labels.get({ userId: "me", id: invoices?.id ?? "" });
    expect(counted).toMatchObject({ messagesTotal: 3, messagesUnread: 1, threadsTotal: 3 });
  });

  it("lists newest first by pages, and leaves spam and trash out unless asked", async () => {
    const ids: (string | null | undefined)[] = [];
    let pageToken: string | undefined;
    do {
      const { data } = await api.users.messages.list({ userId: "me", maxResults: 10, ...(pageToken && { pageToken }) });
      ids.push(...(data.messages ?? []).map(({ id }) => id));
      expect(data.resultSizeEstimate).toBe(23);
      pageToken = data.nextPageToken ?? undefined;
    } while (pageToken);
    expect(new Set(ids).size).toBe(23);
    expect(await list({ includeSpamTrash: true })).toHaveLength(25);
    expect(await list({ labelIds: ["INBOX", "STARRED"] })).toHaveLength(2);
    const { data } = await api.users.messages.list({ userId: "me", q: "nothingfits" });
    expect(data).toEqual({ resultSizeEstimate: 0 });
  });

  it.each([
    ["from:jens", 1],
    ["from:jen", 0],
    ["from:petersen", 1],
    ["from:(petersen OR mira)", 2],
    ["subject:invoice -is:unread", 2],
    ['"low water"', 1],
    ['"water low"', 0],
    ["has:attachment filename:pdf", 4],
    ["filename:quay-access.txt", 1],
    ["in:spam", 1],
    ["in:anywhere boat", 1],
    ["boat", 0],
    ["label:projects-harbour", 4],
    ["{from:mira from:carol}", 2],
    ["is:starred -(from:petersen OR in:sent)", 1],
    ["newer_than:1d", 7],
    ["older_than:8d", 1],
    [`after:${(now - 4 * 3_600_000) / 1000}`, 2],
    ["after:2026/11/23", 2], // midnight in California
    ["category:promotions", 4],
    ["list:letterforms.example", 2],
    ["Grüße", 1],
  ])("finds by %s", async (q, count) => {
    expect((await list({ q })).length).toBe(count);
  });

  it("finds by size in bytes and in kilobytes", async () => {
    const sizes = sandbox.inspect.messages(alice).flatMap(({ labelIds, sizeEstimate }) => {
      const labels = labelIds as string[];
      return labels.includes("SPAM") || labels.includes("TRASH") ? [] : [sizeEstimate as number];
    });
    const larger = sizes.filter((size) => size > 1024).length;
    expect(larger).toBeGreaterThan(0);
    expect(larger).toBeLessThan(sizes.length);
    expect(await list({ q: "larger:1k" })).toHaveLength(larger);
    expect(await list({ q: "smaller:1025" })).toHaveLength(sizes.length - larger);
  });

  it("shows the MIME tree: part numbers, headers in their order, files behind ids", async () => {
    const [found] = await list({ q: "subject:quarterly has:attachment" });
    const { data } = await api.users.messages.get({ userId: "me", id: found?.id ?? "" });
    expect(data.payload).toMatchObject({ partId: "", mimeType: "multipart/mixed", body: { size: 0 } });
    expect(data.payload?.headers?.slice(0, 5).map(({ name }) => name)).toEqual([
      "Date",
      "Message-ID",
      "Subject",
      "From",
      "To",
    ]);
    expect(data.payload?.parts?.map(({ partId, filename }) => [partId, filename])).toEqual([
      ["0", ""],
      ["1", "figures-q3.csv"],
      ["2", "figures-q3.pdf"],
    ]);
    expect(data.payload?.parts?.[1]?.body).toMatchObject({ attachmentId: expect.any(String) as string, size: 72 });
    const id = data.payload?.parts?.[1]?.body?.attachmentId ?? "";
    const file = await api.users.messages.attachments.get({ userId: "me", messageId: found?.id ?? "", id });
    expect(Buffer.from(file.data.data ?? "", "base64url").toString()).toContain("Travel,4200,5110");
    clock.advance(31 * 60_000);
    api = clientWith([scope("readonly")]);
    await expect(
      api.users.messages.attachments.get({ userId: "me", messageId: found?.id ?? "", id }),
    ).rejects.toMatchObject({ code: 400 });
  });

  it("gives raw, metadata and minimal forms", async () => {
    const [found] = await list({ q: "Druckerei" });
    const get = async (format: string) =>
      (await api.users.messages.get({ userId: "me", id: found?.id ?? "", format })).data;
    expect(Buffer.from((await get("raw")).raw ?? "", "base64url").toString()).toContain("=?ISO-8859-1?Q?Gr=FC=DFe");
    expect((await get("minimal")).payload).toBeUndefined();
    expect((await get("metadata")).payload).not.toHaveProperty("body");
    const full = await get("full");
    expect(full.payload?.headers?.find(({ name }) => name === "Content-Type")?.value).toContain("iso-8859-1");
    expect(Buffer.from(full.payload?.body?.data ?? "", "base64url").toString("latin1")).toContain("für Mittwoch");
  });

  it("keeps threads together, oldest mail first", async () => {
    const [found] = await list({ q: "subject:boards in:sent" });
    const { data } = await api.users.threads.get({ userId: "me", id: found?.threadId ?? "" });
    expect(data.messages).toHaveLength(3);
    const dates = data.messages?.map(({ internalDate }) => Number(internalDate)) ?? [];
    expect(dates).toEqual([...dates].sort((a, b) => a - b));
    expect(await subjectsOf({ q: "subject:boards", labelIds: ["INBOX"] })).toHaveLength(2);
  });

  it("refuses as Google does", async () => {
    await expect(api.users.messages.get({ userId: "me", id: "19ffffffffffffff" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    await expect(api.users.messages.list({ userId: "me", pageToken: "made up" })).rejects.toMatchObject({ code: 400 });
    await expect(api.users.messages.list({ userId: "bob@example.com" })).rejects.toMatchObject({ code: 403 });
    const metadata = clientWith([scope("metadata")]);
    await expect(metadata.users.messages.list({ userId: "me", q: "x" })).rejects.toMatchObject({ code: 403 });
    const calendarOnly = clientWith(["https://www.googleapis.com/auth/calendar"]);
    await expect(calendarOnly.users.labels.list({ userId: "me" })).rejects.toMatchObject(
      refusal(403, "insufficientPermissions"),
    );
    clock.advance(3_600_000);
    await expect(api.users.getProfile({ userId: "me" })).rejects.toMatchObject(refusal(401, "authError"));
  });
});

describe("parseMime", () => {
  const parse = (...lines: string[]) => parseMime(Buffer.from(lines.join("\r\n"), "latin1"));

  it("takes nested parts apart, with any characters in the boundary", () => {
    const tree = parse(
      'Content-Type: multipart/mixed; boundary="a+(b)?"',
      "",
      "preamble",
      "--a+(b)?",
      "Content-Type: multipart/alternative; boundary=in",
      "",
      "--in",
      "",
      "plain",
      "--in",
      "Content-Type: text/html",
      "",
      "<p>",
      "--in--",
      "--a+(b)?",
      "Content-Disposition: attachment; filename*=utf-8''%C3%A4.txt",
      "",
      "",
      "--a+(b)?--",
      "epilogue",
    );
    expect(tree.parts.map(({ mimeType, filename, parts }) => [mimeType, filename, parts.length])).toEqual([
      ["multipart/alternative", "", 2],
      ["text/plain", "ä.txt", 0],
    ]);
    expect(tree.parts[0]?.parts[0]?.content.toString()).toBe("plain");
    expect(tree.parts[1]?.content.toString()).toBe("");
  });

  it("undoes quoted-printable and base64, and unfolds headers", () => {
    expect(parse("Content-Transfer-Encoding: quoted-printable", "", "a=3Db =", "c=E4").content.toString("latin1")).toBe(
      "a=b cä",
    );
    expect(parse("Content-Transfer-Encoding: BASE64", "", "aGVs", "bG8=").content.toString()).toBe("hello");
    expect(parse("Subject: one", "\ttwo", "", "").headers).toEqual([{ name: "Subject", value: "one two" }]);
  });
});
