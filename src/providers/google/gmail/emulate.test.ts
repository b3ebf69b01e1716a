import { createEmulator } from "emulate";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Agent, type Dispatcher } from "undici";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { redirectUri } from "../../../../test/support/world.js";
import { IntegrationConfig } from "../../../config.js";
import type { EmailClient } from "../../../email/client.js";
import { createEmailClient, getRegistry } from "../../../integrations.js";

const client = { client_id: "emulated.apps.googleusercontent.com", client_secret: "GOCSPX-emulated" };
const day = (date: number): string => `2026-11-${String(date).padStart(2, "0")}T09:00:00.000Z`;
const withFile = [
  "From: =?UTF-8?B?SsO8cmdlbg==?= <j@example.com>",
  "To: alice@example.com",
  'Subject: =?UTF-8?Q?Gr=C3=BC=C3=9Fe?=, "as promised"',
  "MIME-Version: 1.0",
  'Content-Type: multipart/mixed; boundary="b"',
  "",
  "--b",
  "Content-Type: text/plain; charset=utf-8",
  "",
  "See the list.",
  "--b",
  'Content-Type: text/csv; name="list.csv"',
  'Content-Disposition: attachment; filename="list.csv"',
  "",
  "a,b",
  "--b--",
].join("\r\n");

const seed = {
  users: [{ email: "alice@example.com", name: "Alice" }],
  oauth_clients: [{ ...client, redirect_uris: [redirectUri] }],
  labels: [{ id: "Label_1", name: "Projects/Apollo" }],
  messages: [
    ...Array.from({ length: 12 }, (_, index) => ({
      id: `mail${index}`,
      from: "Bob <bob@example.com>",
      to: "alice@example.com",
      subject: `Mail ${index}`,
      body_text: `Text ${index}`,
      label_ids: index % 3 === 0 ? ["INBOX", "Label_1"] : ["INBOX", "UNREAD"],
      internal_date: day(index + 1),
    })),
    {
      id: "file0",
      raw: Buffer.from(withFile).toString("base64url"),
      label_ids: ["INBOX", "UNREAD"],
      internal_date: day(20),
    },
    { id: "junk0", from: "x@y.example", to: "alice@example.com", subject: "Prize", label_ids: ["SPAM"] },
  ],
};

/** The emulator has Google's OAuth calls under other paths than Google. */
function asGoogle(agent: Agent): Dispatcher {
  return agent.compose((dispatch) => (options, handler) => {
    const path = options.path === "/token" ? "/oauth2/token" : options.path;
    return dispatch({ ...options, path }, handler);
  });
}

/** The emulator's consent page has one button for each person. */
async function approve(origin: string, authorizationUrl: string): Promise<string> {
  const { searchParams } = new URL(authorizationUrl);
  const body = new URLSearchParams([...searchParams, ["email", "alice@example.com"]]);
  const answer = await fetch(`${origin}/o/oauth2/v2/auth/callback`, { method: "POST", body, redirect: "manual" });
  return answer.headers.get("location") ?? "";
}

describe("the Gmail client, by an emulator that somebody else wrote", () => {
  let email: EmailClient;
  const ends: (() => Promise<unknown>)[] = [];
  beforeAll(async () => {
    const emulator = await createEmulator({ service: "google", port: 0, seed: { google: seed } });
    ends.push(() => emulator.close());
    const endpoints = emulator.url;
    const folder = await mkdtemp(join(tmpdir(), "maigic-emulate-"));
    ends.push(() => rm(folder, { recursive: true }));
    const agent = new Agent();
    ends.push(() => agent.close());
    const config = IntegrationConfig.fromEnv(
      { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config"), googleGmailEnabled: true },
      { env: {}, workingDir: folder },
    );
    const options = { endpoints, dispatcher: asGoogle(agent) };
    const credentials = getRegistry(config).getCredentialManager(options);
    const clientFile = join(folder, "client.json");
    const addresses = { auth_uri: `${endpoints}/o/oauth2/auth`, token_uri: `${endpoints}/token` };
    await writeFile(clientFile, JSON.stringify({ installed: { ...client, ...addresses } }));
    const begun = { userId: "default", access: "read", redirectUri, clientFile } as const;
    const { url } = await credentials.beginConsent("google_gmail", begun);
    await credentials.completeConsent(await approve(endpoints, url), { userId: "default" });
    email = createEmailClient("google_gmail", { config, credentials, ...options });
    ends.push(() => email.close());
  });
  afterAll(async () => {
    for (const end of ends.reverse()) await end();
  });

  it("signs in with PKCE and reads the newest mails, with their bodies", async () => {
    const emails = await email.getRecentEmails({ count: 3, includeBody: true });
    expect(emails).toMatchObject([
      {
        subject: 'Grüße, "as promised"',
        from: { name: "Jürgen", address: "j@example.com" },
        bodyText: "See the list.",
      },
      { subject: "Mail 11", bodyText: "Text 11", unread: true, receivedAt: day(12) },
      { subject: "Mail 10", bodyText: "Text 10", labels: ["inbox", "unread"] },
    ]);
  });

  it("reads every page once, and labels by name", async () => {
    const ids: string[] = [];
    let cursor: string | undefined;
    do {
      const page = await email.searchEmails("", { limit: 5, ...(cursor !== undefined && { cursor }) });
      ids.push(...page.emails.map(({ id }) => id));
      cursor = page.cursor;
    } while (cursor !== undefined);
    expect([ids.length, new Set(ids).size]).toEqual([13, 13]);
    const apollo = await email.getEmails({ folder: "Projects/Apollo" });
    expect(apollo.map(({ subject }) => subject)).toEqual(["Mail 9", "Mail 6", "Mail 3", "Mail 0"]);
    expect(apollo[0]?.labels).toContain("Projects/Apollo");
  });

  it("searches, by words and by fields", async () => {
    const found = async (query: Parameters<EmailClient["searchEmails"]>[0]): Promise<string[]> =>
      (await email.searchEmails(query)).emails.map(({ id }) => id).sort();
    expect(await found("from:bob subject:11")).toEqual(["mail11"]);
    expect(await found({ from: "bob@example.com", unread: true, folder: "inbox" })).toHaveLength(8);
    expect(await found({ after: "2026-11-12T10:00+02:00" })).toEqual(["file0", "mail11"]);
  });

  it("streams a file that is text, byte for byte", async () => {
    const mail = await email.getEmail("file0");
    expect(mail.attachments).toMatchObject([{ filename: "list.csv", mimeType: "text/csv" }]);
    const stream = await email.downloadAttachment("file0", mail.attachments?.[0]?.id ?? "");
    expect(await new Response(stream).text()).toBe("a,b");
  });

  it("names what is not there", async () => {
    await expect(email.getEmail("mail99")).rejects.toMatchObject({ code: "request.not_found" });
  });
});
