import type { calendar_v3 } from "@googleapis/calendar";
import type { gmail_v1 } from "@googleapis/gmail";
import {
  createGoogleSandbox,
  type GoogleSandbox,
  type SandboxOptions,
  type SandboxSeed,
} from "maigic-integrations/sandbox";
import { calendarClient, gmailClient } from "../../test/support/google-clients.js";
import { oauthClient, type OAuthClient } from "../../test/support/oauth-client.js";

/** An answer as it came. */
export interface WireAnswer {
  readonly status: number;
  readonly headers: Headers;
  readonly text: string;
  /** The body as JSON, or undefined when it is none. */
  readonly json: unknown;
}

/** What somebody sends without any client between. */
export interface WireRequest {
  readonly method?: string;
  readonly headers?: Readonly<Record<string, string>>;
  /** Sent as JSON. */
  readonly json?: unknown;
  readonly body?: string | Buffer;
}

/** Somebody with an account, by Google's own clients and by plain HTTP; each is allowed everything. */
export interface Person {
  readonly email: string;
  readonly gmail: gmail_v1.Gmail;
  readonly calendar: calendar_v3.Calendar;
  readonly fetch: (path: string, request?: WireRequest) => Promise<WireAnswer>;
}

/** A sandbox for one check. */
export interface Google {
  readonly sandbox: GoogleSandbox;
  readonly oauth: OAuthClient;
  readonly alice: Person;
  readonly bob: Person;
  /** Somebody with certain scopes only. */
  readonly person: (email: string, scopes: readonly string[]) => Person;
  /** Without a token. */
  readonly fetch: (path: string, request?: WireRequest) => Promise<WireAnswer>;
  /** Another sandbox, for what the usual one does not have. It is closed with this one. */
  readonly open: (options: SandboxOptions) => Promise<Google>;
}

const mail = "https://mail.google.com/";
const calendar = "https://www.googleapis.com/auth/calendar";
const settings = ["basic", "sharing"].map((each) => `https://www.googleapis.com/auth/gmail.settings.${each}`);

/** Alice with some mails and events, and Bob. Her clock begins on a Monday in November 2026. */
export const usualSeed: SandboxSeed = {
  users: [
    {
      email: "alice@example.com",
      name: "Alice Moreau",
      timeZone: "Europe/Berlin",
      labels: ["Invoices"],
      messages: [
        {
          from: "bob@example.com",
          to: "alice@example.com",
          subject: "Which blue?",
          text: "The second one.",
          thread: "blue",
        },
        {
          from: "bob@example.com",
          to: "alice@example.com",
          subject: "Invoice 7",
          text: "Attached.",
          labels: ["INBOX", "Invoices"],
          attachments: [{ filename: "seven.txt", mimeType: "text/plain", content: "7" }],
        },
      ],
    },
    { email: "bob@example.com", name: "Bob Okafor" },
  ],
};

/** What wraps a sandbox before a check sees it: a control breaks it there. */
export type Tamper = (sandbox: GoogleSandbox) => void;

/** Opens a sandbox for one check, and closes it and all that it opened. */
export async function withGoogle(
  check: (google: Google) => Promise<void>,
  tamper: Tamper = () => undefined,
): Promise<void> {
  const opened: GoogleSandbox[] = [];
  const open = async (options: SandboxOptions): Promise<Google> => {
    const sandbox = await createGoogleSandbox(options);
    opened.push(sandbox);
    tamper(sandbox);
    return googleOf(sandbox, open);
  };
  try {
    await check(await open({ seed: usualSeed }));
  } finally {
    await Promise.all(opened.map((sandbox) => sandbox.close()));
  }
}

function googleOf(sandbox: GoogleSandbox, open: Google["open"]): Google {
  const send = async (token: string | undefined, path: string, request: WireRequest = {}): Promise<WireAnswer> => {
    const { method = "GET", headers = {}, json, body } = request;
    const response = await fetch(new URL(path, sandbox.url), {
      method,
      redirect: "manual",
      headers: {
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
        ...(json !== undefined && { "content-type": "application/json" }),
        ...headers,
      },
      body: json === undefined ? (body ?? null) : JSON.stringify(json),
    });
    const text = await response.text();
    return { status: response.status, headers: response.headers, text, json: parsed(text) };
  };
  const person = (email: string, scopes: readonly string[]): Person => ({
    email,
    gmail: gmailClient(sandbox, email, scopes),
    calendar: calendarClient(sandbox, email, scopes),
    fetch: (path, request) => send(sandbox.issueToken(email, scopes).accessToken, path, request),
  });
  const everything = [mail, calendar, ...settings];
  return {
    sandbox,
    oauth: oauthClient(sandbox),
    // A sandbox that a check opened with other people has neither, and does not miss them until they are asked for.
    get alice() {
      return person("alice@example.com", everything);
    },
    get bob() {
      return person("bob@example.com", everything);
    },
    person,
    fetch: (path, request) => send(undefined, path, request),
    open,
  };
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
