import type { Clock } from "../core/clock.js";
import { createMovableClock, type MovableClock } from "./clock.js";
import { approveConsent, type ConsentAnswer } from "./approve-consent.js";
import { confirmAddress } from "./gmail/settings.js";
import { createFaults, type FaultRule } from "./faults.js";
import { createOAuthControls, type OAuthControls } from "./oauth/controls.js";
import type { IssuedTokens } from "./oauth/grants.js";
import { grantedName } from "./oauth/scopes.js";
import { clientOf, userOf } from "./find-in-world.js";
import { createInspection, type Inspection } from "./inspection.js";
import { createQuota, type QuotaSettings } from "./quota.js";
import { createRequestLog, type RequestFilter, type RequestLogEntry } from "./request-log.js";
import { methodNames } from "./routes.js";
import { checkSeed, type SandboxSeed } from "./seed.js";
import { startServer } from "./server.js";
import { createWorld, type World } from "./world.js";

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
  /** Whoever reads an alias's or a forwarding address's mail follows Google's link. @throws RequestError `request.invalid` */
  confirmAddress(user: string, address: string): void;
  /** The person changes a setting on Calendar's own page. @throws RequestError `request.invalid` */
  changeCalendarSetting(user: string, id: string, value: string): void;
  /** Waits until every notification of Calendar's that is under way was answered, or given up. */
  pushesSettled(): Promise<void>;
  /** Calendar forgets what changed when: every sync token given so far is too old from now on. */
  expireSyncTokens(): void;
  /** Access tokens end now; refresh tokens go on. */
  expireAccessTokens(user?: string): void;
  readonly inspect: Inspection;
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
  const seed = checkSeed(options.seed ?? { users: [{ email: "user@example.com" }] });
  const world = await createWorld(seed, clock);
  const log = createRequestLog();
  const faults = createFaults(clock, { methods: methodNames, users: [...world.users.keys()] });
  for (const [index, rule] of (seed.faults ?? []).entries()) faults.add(rule, `faults.${index}`);
  const quota = createQuota(options.limits ?? {}, clock);
  const { latencyMs = 0, port = 0 } = options;
  const server = await startServer({ world, faults, quota, log, latencyMs, port });
  return {
    ...createOAuthControls(world, server.url, (user) => userOf(world, user).email),
    url: server.url,
    clock,
    clientFile: (type = "installed") => clientFile(world, server.url, type),
    approve: approveConsent,
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
    confirmAddress: (user, address) => confirmAddress(userOf(world, user).mailbox.settings, address),
    changeCalendarSetting: (user, id, value) => {
      world.calendarSettings.change(userOf(world, user).email, id, value);
      world.channels.look();
    },
    pushesSettled: () => world.channels.settled(),
    expireSyncTokens: () => world.syncTokens.expire(),
    expireAccessTokens: (user) =>
      world.grants.expireAccessTokens(user === undefined ? undefined : userOf(world, user).email),
    inspect: createInspection(world),
    requests: log.entries,
    findRequests: (filter) => log.find(filter),
    clearRequests: () => log.clear(),
    failNext: (rule) => faults.add(rule),
    clearFaults: () => faults.clear(),
    close: async () => {
      await Promise.all([world.channels.close(), server.close()]);
    },
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
