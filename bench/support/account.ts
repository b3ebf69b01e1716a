import { fork, type ChildProcess } from "node:child_process";
import { once } from "node:events";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCredentialManager, IntegrationConfig, type ClientOptions } from "maigic-integrations";
import type { SandboxOptions, SeedCalendar, SeedMessage } from "maigic-integrations/sandbox";
import type { SandboxRequest } from "./sandbox-process.js";

export const user = "alice@example.com";

/** An account that nobody has used yet, in a sandbox that runs in another process. */
export interface Account extends AsyncDisposable {
  readonly url: string;
  /** What our clients are made with. */
  readonly options: ClientOptions & { readonly config: IntegrationConfig };
  /** What clients of others are given. */
  readonly accessToken: string;
  /** Where our credentials are, for another process. */
  readonly folders: { readonly credentialsDir: string; readonly configDir: string };
  /** Puts a mail into the mailbox. */
  readonly receive: (subject: string) => Promise<void>;
  /** How many requests of Gmail's API there were so far. */
  readonly requestCount: () => Promise<number>;
}

/** How a sandbox is opened. */
export interface AccountFacts {
  /** How many mails are in its mailbox, for an account that is signed in to Gmail. */
  readonly mails?: number;
  /** What is in its calendars, for an account that is signed in to Google Calendar. */
  readonly calendars?: SeedCalendar[];
  readonly latencyMs: number;
  /** Default: none. */
  readonly limits?: SandboxOptions["limits"];
}

let sandboxProcess: ChildProcess | undefined;

/** Opens a sandbox with so many mails, or with calendars, and signs the account in. */
export async function openAccount(facts: AccountFacts): Promise<Account> {
  const { mails = 0, calendars, latencyMs, limits = "none" } = facts;
  const service = calendars ? "google_calendar" : "google_gmail";
  const seed = { users: [{ email: user, messages: mailbox(mails), ...(calendars && { calendars }) }] };
  const opened = await ask({ open: { seed, latencyMs, limits } });
  const { url, clientFile } = opened as { url: string; clientFile: object };
  const folder = await mkdtemp(join(tmpdir(), "maigic-bench-"));
  const folders = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
  const places = { ...folders, googleGmailEnabled: true, googleCalendarEnabled: true };
  const config = IntegrationConfig.fromEnv(places, { env: {}, workingDir: folder });
  const credentials = createCredentialManager(config, { endpoints: url });
  await writeFile(join(folder, "client.json"), JSON.stringify(clientFile));
  const redirectUri = "http://127.0.0.1:8976/callback";
  const consent = { userId: "default", redirectUri, clientFile: join(folder, "client.json") };
  const { url: consentUrl } = await credentials.beginConsent(service, consent);
  const callbackUrl = (await ask({ approve: { url: consentUrl, user } })) as string;
  await credentials.completeConsent(callbackUrl, { userId: "default" });
  const scopes = [`https://www.googleapis.com/auth/${calendars ? "calendar" : "gmail"}.readonly`];
  const { accessToken } = (await ask({ issueToken: { user, scopes } })) as { accessToken: string };
  return {
    url,
    options: { config, endpoints: url },
    accessToken,
    folders,
    receive: async (subject) => {
      await ask({ receive: { user, subject } });
    },
    requestCount: async () => (await ask({ requestCount: true })) as number,
    async [Symbol.asyncDispose]() {
      await ask({ close: true });
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/** Ends the sandbox's process, which otherwise keeps this one alive. */
export function endSandboxProcess(): void {
  sandboxProcess?.disconnect();
  sandboxProcess = undefined;
}

async function ask(request: SandboxRequest): Promise<unknown> {
  sandboxProcess ??= fork(new URL("./sandbox-process.js", import.meta.url));
  const child = sandboxProcess;
  const answered = new AbortController();
  const ended = once(child, "exit", answered).then(() => Promise.reject(new Error("The sandbox's process ended.")));
  child.send(request);
  try {
    const [message] = (await Promise.race([once(child, "message", answered), ended])) as [{ reply: unknown }];
    return message.reply;
  } finally {
    answered.abort();
    ended.catch(() => undefined); // aborted: nobody waits for it any more
  }
}

/** Ordinary mails: a few kilobytes of text, half of them with HTML, some with an attachment. */
function mailbox(count: number): SeedMessage[] {
  const firstMs = Date.parse("2026-11-01T08:00:00Z");
  const paragraph = "We looked at the numbers of last week and they are better than we thought. ";
  return Array.from({ length: count }, (_, index) => ({
    from: `Person ${index % 9} <person${index % 9}@example.com>`,
    to: user,
    subject: `Mail ${index + 1}`,
    text: paragraph.repeat(20),
    ...(index % 2 === 0 && { html: `<html><body><h1>News</h1><p>${paragraph.repeat(20)}</p></body></html>` }),
    ...(index % 10 === 0 && {
      attachments: [
        {
          filename: "report.pdf",
          mimeType: "application/pdf",
          content: "JVBERi0=".repeat(200),
          encoding: "base64" as const,
        },
      ],
    }),
    date: firstMs + index * 60_000,
  }));
}
