import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { createHttp, type Http } from "../core/http.js";
import { createMovableClock, type MovableClock } from "./clock.js";
import type { StoredCalendar } from "./calendar/calendars.js";
import { showEvent } from "./calendar/event-view.js";
import { createFaults, type FaultRule } from "./faults.js";
import type { Mailbox } from "./gmail/mailbox.js";
import type { StoredMessage } from "./gmail/message.js";
import type { PublishedMessage } from "./gmail/watches.js";
import { showMessage } from "./gmail/message-view.js";
import { createOAuthControls, type OAuthControls } from "./oauth/controls.js";
import type { IssuedTokens } from "./oauth/grants.js";
import { grantedName } from "./oauth/scopes.js";
import { createQuota, type QuotaSettings } from "./quota.js";
import { createRequestLog, type RequestFilter, type RequestLogEntry } from "./request-log.js";
import { methodNames } from "./routes.js";
import { checkSeed, type SandboxSeed } from "./seed.js";
import { startServer } from "./server.js";
import { createWorld, type SandboxUser, type World } from "./world.js";

/** How a sandbox is started. */
export interface SandboxOptions {
  /** Default 0: any free port. */
  readonly port?: number;
  /** Who lives in it; default: nobody but `user@example.com`. */
  readonly seed?: SandboxSeed;
  /** What its clock runs with. Default: the machine's time. */
  readonly clock?: Clock;
  /** Google's limits on speed; default: those of a new project. `none` for tests that read much at once. */
  readonly limits?: QuotaSettings | "none";
  /** How long every answer takes. */
  readonly latencyMs?: number;
}

/** What a person answers on the consent page. */
export interface ConsentAnswer {
  /** Address of the account. */
  readonly user: string;
  /** The permissions that stay ticked; default: all that are asked for. */
  readonly scopes?: readonly string[] | undefined;
  readonly deny?: boolean | undefined;
  /** For how long it is allowed, in seconds; default: without an end. */
  readonly grantSeconds?: number | undefined;
}

/** A stand-in for Google on this machine. */
export interface GoogleSandbox extends OAuthControls {
  /** Its origin, such as `http://127.0.0.1:4000`. */
  readonly url: string;
  /** Its time, which a test can move. Hand it to clients as `clock`, and both agree. */
  readonly clock: MovableClock;
  /** The file that Google's console would let one download for a client of that type. */
  clientFile(type?: "installed" | "web"): Record<string, unknown>;
  /**
   * Plays browser and person: opens the consent page and sends its form. The address that the browser would be sent to
   * is returned and not opened.
   *
   * @throws RequestError `request.invalid` when the page shows an error instead
   */
  approve(authorizationUrl: string, answer: ConsentAnswer): Promise<string>;
  /** Tokens without a consent page, for tests that are not about it. */
  issueToken(user: string, scopes: readonly string[]): IssuedTokens;
  /** The person takes all access back on the account page. */
  revokeAccess(user: string): void;
  /** Gmail forgets what happened in a person's mailbox: every history id given so far is too old from now on. */
  expireHistory(user: string): void;
  /** The person changes a setting on Calendar's own page. @throws RequestError `request.invalid` */
  changeCalendarSetting(user: string, id: string, value: string): void;
  /** Calendar forgets what changed when: every sync token given so far is too old from now on. */
  expireSyncTokens(): void;
  /** Access tokens end now; refresh tokens go on. */
  expireAccessTokens(user?: string): void;
  /** What it holds, as that person's client would be shown it. */
  readonly inspect: {
    messages(user: string): Record<string, unknown>[];
    message(user: string, id: string): Record<string, unknown> | undefined;
    /** What Gmail published to Pub/Sub topics that watch that person's mailbox, oldest first. */
    published(user: string): PublishedMessage[];
    events(user: string, calendarId?: string): Record<string, unknown>[];
    event(user: string, calendarId: string, eventId: string): Record<string, unknown> | undefined;
  };
  /** Every request that was answered, without secrets. */
  readonly requests: readonly RequestLogEntry[];
  /** The requests that fit, oldest first. */
  findRequests(filter: RequestFilter): RequestLogEntry[];
  clearRequests(): void;
  /**
   * Makes the next fitting requests fail.
   *
   * @throws RequestError `request.invalid` naming what the sandbox does not know: fault, method or person
   */
  failNext(rule: FaultRule): void;
  /** Takes back all faults that have not come yet. */
  clearFaults(): void;
  close(): Promise<void>;
}

/**
 * Starts a stand-in for Google OAuth, Gmail and Google Calendar on 127.0.0.1.
 *
 * @throws ConfigurationError `config.invalid` for a wrong seed or a port that is taken
 */
export async function createGoogleSandbox(options: SandboxOptions = {}): Promise<GoogleSandbox> {
  const clock = createMovableClock(options.clock);
  const world = await createWorld(checkSeed(options.seed ?? { users: [{ email: "user@example.com" }] }), clock);
  const log = createRequestLog();
  const faults = createFaults(clock, { methods: methodNames, users: [...world.users.keys()] });
  const quota = createQuota(options.limits ?? {}, clock);
  const { latencyMs = 0, port = 0 } = options;
  const server = await startServer({ world, faults, quota, log, latencyMs, port });
  return {
    ...createOAuthControls(world, server.url, (user) => userOf(world, user).email),
    url: server.url,
    clock,
    clientFile: (type = "installed") => clientFile(world, server.url, type),
    approve: (authorizationUrl, answer) => approve(authorizationUrl, answer),
    issueToken: (user, scopes) =>
      world.grants.issue(
        {
          clientId: clientOf(world, "installed").clientId,
          user: userOf(world, user).email,
          scopes: scopes.map(grantedName),
        },
        true,
      ),
    revokeAccess: (user) => world.grants.revokeUser(userOf(world, user).email),
    expireHistory: (user) => userOf(world, user).mailbox.history.expire(),
    changeCalendarSetting: (user, id, value) => world.calendarSettings.change(userOf(world, user).email, id, value),
    expireSyncTokens: () => world.syncTokens.expire(),
    expireAccessTokens: (user) =>
      world.grants.expireAccessTokens(user === undefined ? undefined : userOf(world, user).email),
    inspect: {
      messages: (user) => {
        const { mailbox } = userOf(world, user);
        return mailbox.messages.map((message) => shown(mailbox, message, clock));
      },
      message: (user, id) => {
        const { mailbox } = userOf(world, user);
        const message = mailbox.find(id);
        return message && shown(mailbox, message, clock);
      },
      published: (user) => {
        const { email } = userOf(world, user);
        return world.watches.published.filter(({ data }) => data.emailAddress === email);
      },
      events: (user, calendarId) => {
        const calendar = calendarOf(world, user, calendarId);
        return [...calendar.entries.values()].map((copy) => structuredClone(showEvent(copy, calendar)));
      },
      event: (user, calendarId, eventId) => {
        const calendar = calendarOf(world, user, calendarId);
        const copy = calendar.entries.get(eventId);
        return copy && structuredClone(showEvent(copy, calendar));
      },
    },
    requests: log.entries,
    findRequests: (filter) => log.find(filter),
    clearRequests: () => log.clear(),
    failNext: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    close: () => server.close(),
  };
}

function clientFile(world: World, url: string, type: "installed" | "web"): Record<string, unknown> {
  const { clientId, clientSecret, redirectUris, project } = clientOf(world, type);
  return {
    [type]: {
      client_id: clientId,
      project_id: project,
      auth_uri: `${url}/o/oauth2/auth`,
      token_uri: `${url}/token`,
      auth_provider_x509_cert_url: `${url}/oauth2/v1/certs`,
      client_secret: clientSecret,
      redirect_uris: redirectUris,
    },
  };
}

/** A browser's part: the page is read, its hidden fields and the person's choices are sent. */
async function approve(authorizationUrl: string, answer: ConsentAnswer): Promise<string> {
  const browser = createHttp();
  try {
    return await playConsent(browser, new URL(authorizationUrl), answer);
  } finally {
    await browser.close();
  }
}

async function playConsent(
  browser: Http,
  url: URL,
  { user, scopes, deny, grantSeconds }: ConsentAnswer,
): Promise<string> {
  const page = await browser.send({ method: "GET", url });
  const silently = page.headers["location"];
  if (silently !== undefined) return silently; // prompt=none shows no page
  const content = await page.text();
  if (page.status !== 200) {
    throw integrationError("request.invalid", {
      message: `The consent page answered ${page.status}: ${/<h1>([^<]*)/.exec(content)?.[1] ?? ""}`,
      hint: "Look at the address: client, redirect address and scopes must be what the sandbox knows.",
    });
  }
  const form = new URLSearchParams(url.searchParams);
  const asked = (form.get("scope") ?? "").split(" ").filter(Boolean);
  for (const scope of scopes ?? asked) form.append("granted", scope);
  form.set("user", user);
  if (grantSeconds !== undefined) form.set("grant_seconds", String(grantSeconds));
  form.set("decision", deny ? "deny" : "allow");
  const answer = await browser.send({
    method: "POST",
    url: new URL(url.pathname, url),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  });
  const location = answer.headers["location"];
  if (location !== undefined) return location;
  throw integrationError("request.invalid", { message: `The consent page answered ${answer.status} to its form.` });
}

function shown(mailbox: Mailbox, message: StoredMessage, clock: Clock): Record<string, unknown> {
  const view = showMessage(message, mailbox.read(message), "full", { metadataHeaders: [], now: clock.now() });
  return structuredClone(view);
}

function calendarOf(world: World, user: string, calendarId = "primary"): StoredCalendar {
  const calendar = world.calendars.find(userOf(world, user).email, calendarId);
  if (!calendar) throw integrationError("request.not_found", { message: `${user} has no calendar "${calendarId}".` });
  return calendar;
}

function userOf(world: World, user: string): SandboxUser {
  const found = world.users.get(user.toLowerCase());
  if (found) return found;
  throw integrationError("request.not_found", {
    message: `Nobody called ${user} lives in this sandbox.`,
    hint: `Its people are: ${[...world.users.keys()].join(", ")}.`,
  });
}

function clientOf(world: World, type: "installed" | "web"): World["clients"][number] {
  const found = world.clients.find(
    (client) => client.type === type && world.registry.findClient(client.clientId) !== "deleted",
  );
  if (found) return found;
  throw integrationError("request.not_found", {
    message: `The sandbox has no client of the type ${type}.`,
    hint: `Add one with "type: ${type}" to the seed's clients, or leave clients out for one of each type.`,
  });
}
