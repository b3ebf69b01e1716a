import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import type { Accounts } from "./accounts.js";
import { createCodes, type AuthorizationCode, type Codes } from "./codes.js";
import { RefreshTokens, type RefreshToken } from "./refresh-tokens.js";
import type { Registry } from "./registry.js";
import { isGmailScope, isIdentityScope } from "./scopes.js";

/** An access token's owner and rights. */
export interface AccessToken {
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly expiresAt: number;
}

/** What the token endpoint gives. */
export interface IssuedTokens {
  readonly accessToken: string;
  readonly refreshToken: string | undefined;
  readonly expiresAt: number;
  /** When the refresh token dies for certain, in milliseconds since the epoch; undefined: no such time. */
  readonly refreshTokenExpiresAt?: number | undefined;
}

/** What is to be granted. */
export interface NewGrant {
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  /** Milliseconds since the epoch; default: now. */
  readonly consentedAt?: number;
  /** The person's session at that time; default: the present one. */
  readonly session?: number;
  /** How long the person allows it; default: without an end. */
  readonly grantSeconds?: number | undefined;
}

/** One consent and the tokens that came of it: they end together. */
export interface Grant {
  readonly clientId: string;
  readonly user: string;
  readonly scopes: readonly string[];
  readonly offline: boolean;
  readonly consentedAt: number;
  /** The person's session at the time. */
  readonly session: number;
  /** Milliseconds since the epoch, or Infinity. */
  readonly accessUntil: number;
  readonly refreshUntil: number;
  ended: boolean;
}

/** Why a refresh token gives no access token. */
export type RefreshRefusal = "unknown" | "other_client" | "ended" | "blocked" | "reauthenticate" | "scope";

/** What one person allowed one project. */
interface ProjectAccess {
  readonly grants: Set<Grant>;
  readonly scopes: Set<string>;
}

const dayMs = 24 * 60 * 60 * 1000;

/** Codes and tokens that are alive, and who has allowed which project what. */
export class Grants {
  readonly #clock: Clock;
  readonly #identifiers: Identifiers;
  readonly #registry: Registry;
  readonly #accounts: Accounts;
  readonly #codes: Codes;
  readonly #grantOf = new WeakMap<AuthorizationCode, Grant>();
  /** In the order in which they expire, unless a test ended some before. */
  readonly #access = new Map<string, { readonly token: AccessToken; readonly grant: Grant }>();
  readonly #refresh: RefreshTokens;
  /** By person, then by project. */
  readonly #allowed = new Map<string, Map<string, ProjectAccess>>();

  constructor(clock: Clock, identifiers: Identifiers, registry: Registry, accounts: Accounts) {
    this.#clock = clock;
    this.#identifiers = identifiers;
    this.#registry = registry;
    this.#accounts = accounts;
    this.#codes = createCodes(clock, identifiers);
    this.#refresh = new RefreshTokens(clock, identifiers, registry.settings);
  }

  /** All that the person has allowed this client's project. */
  allowedScopes(clientId: string, user: string): ReadonlySet<string> {
    return this.#allowedBy(user, this.#projectOf(clientId)).scopes;
  }

  newCode(code: AuthorizationCode): string {
    this.#noteConsent(code);
    return this.#codes.add(code);
  }

  /** Takes a code. One that is used again ends the tokens it gave. */
  takeCode(text: string): AuthorizationCode | undefined {
    const taken = this.#codes.take(text);
    if (!taken?.usedBefore) return taken?.code;
    const grant = this.#grantOf.get(taken.code);
    if (grant) grant.ended = true;
    return undefined;
  }

  /** @param code - the code they are given for, if any */
  issue(given: NewGrant, withRefreshToken: boolean, code?: AuthorizationCode): IssuedTokens {
    const grant = this.#newGrant(given, withRefreshToken);
    this.#noteConsent(given).grants.add(grant);
    if (code) this.#grantOf.set(code, grant);
    const refreshToken = withRefreshToken ? this.#refresh.add(grant).text : undefined;
    return this.#answer(grant, grant.scopes, refreshToken);
  }

  /** Access for a service account, which nobody consented to. */
  issueToServiceAccount(given: NewGrant): IssuedTokens {
    const grant = { ...this.#newGrant(given, false), accessUntil: Infinity };
    return this.#answer(grant, grant.scopes, undefined);
  }

  /** @param scopes - fewer than were granted; default: all */
  refresh(
    text: string,
    clientId: string,
    scopes?: readonly string[],
  ): RefreshRefusal | { grant: Grant; scopes: readonly string[]; tokens: IssuedTokens } {
    const token = this.#refresh.find(text);
    if (!token) return "unknown";
    const { grant } = token;
    const refusal = this.#refusalOf(token, clientId);
    if (refusal) return refusal;
    const wanted = scopes ?? grant.scopes;
    if (!wanted.every((scope) => grant.scopes.includes(scope))) return "scope";
    const next = this.#refresh.use(token)?.text;
    return { grant, scopes: wanted, tokens: this.#answer(grant, wanted, next) };
  }

  findAccess(accessToken: string): AccessToken | undefined {
    const found = this.#access.get(accessToken);
    return found && !found.grant.ended && found.token.expiresAt > this.#clock.now() ? found.token : undefined;
  }

  /** Whether an access token belongs to a grant that goes on when the person is away. */
  isOffline(accessToken: string): boolean {
    return this.#access.get(accessToken)?.grant.offline ?? false;
  }

  /** Ends everything that a token's person allowed its project. @returns whether there was such a token */
  revoke(text: string): boolean {
    const refresh = this.#refresh.find(text);
    const alive = refresh && this.#refresh.isAlive(refresh) ? refresh.grant : undefined;
    const grant = alive ?? (this.findAccess(text) && this.#access.get(text)?.grant);
    if (!grant) return false;
    grant.ended = true; // a service account's is in nobody's list
    const project = this.#projectOf(grant.clientId);
    const allowed = this.#allowed.get(grant.user)?.get(project);
    if (allowed?.grants.has(grant)) this.#endProject(grant.user, project);
    return true;
  }

  revokeUser(user: string): void {
    for (const project of [...(this.#allowed.get(user)?.keys() ?? [])]) this.#endProject(user, project);
  }

  /** Google ends grants with Gmail scopes when the password changes, and no others. */
  endMailGrants(user: string): void {
    for (const { grants } of this.#allowed.get(user)?.values() ?? []) {
      for (const grant of grants) {
        if (!grant.scopes.some(isGmailScope)) continue;
        grant.ended = true;
        grants.delete(grant);
      }
    }
  }

  expireAccessTokens(user?: string): void {
    for (const [text, { token, grant }] of this.#access) {
      if (user === undefined || token.user === user)
        this.#access.set(text, { token: { ...token, expiresAt: 0 }, grant });
    }
  }

  #refusalOf(token: RefreshToken, clientId: string): RefreshRefusal | undefined {
    const { grant } = token;
    if (grant.clientId !== clientId) return "other_client";
    // A token that was given up is used again: whoever holds it, one of two has stolen it.
    if (token.replaced) grant.ended = true;
    if (!this.#refresh.isAlive(token)) return "ended";
    if (this.#accounts.isBlocked(grant.user)) return "blocked";
    return this.#isSessionOver(grant) ? "reauthenticate" : undefined;
  }

  #isSessionOver({ user, session, consentedAt }: Grant): boolean {
    const { sessionHours = Infinity } = this.#registry.settings;
    return session < this.#accounts.sessionOf(user) || this.#clock.now() - consentedAt >= sessionHours * 3_600_000;
  }

  #newGrant(given: NewGrant, offline: boolean): Grant {
    const { clientId, user, scopes, grantSeconds, consentedAt = this.#clock.now() } = given;
    const { settings } = this.#registry;
    const project = this.#registry.projectOf({ project: this.#projectOf(clientId) });
    const seconds = grantSeconds ?? settings.grantSeconds ?? Infinity;
    const accessUntil = consentedAt + seconds * 1000;
    const mortal = project.inTesting && !scopes.every(isIdentityScope);
    const testingUntil = mortal ? consentedAt + settings.testingRefreshTokenDays * dayMs : Infinity;
    const session = given.session ?? this.#accounts.sessionOf(user);
    const refreshUntil = Math.min(accessUntil, testingUntil);
    return { clientId, user, scopes, offline, consentedAt, session, accessUntil, refreshUntil, ended: false };
  }

  #answer(grant: Grant, scopes: readonly string[], refreshToken: string | undefined): IssuedTokens {
    this.#forgetExpired();
    const now = this.#clock.now();
    const accessToken = this.#identifiers.token("ya29.a0");
    // Unsure(google): that access for a limited time ends its access tokens as well.
    const expiresAt = Math.min(now + this.#registry.settings.accessTokenSeconds * 1000, grant.accessUntil);
    const { clientId, user } = grant;
    this.#access.set(accessToken, { token: { clientId, user, scopes, expiresAt }, grant });
    const limited = grant.offline && grant.refreshUntil !== Infinity;
    return { accessToken, refreshToken, expiresAt, ...(limited && { refreshTokenExpiresAt: grant.refreshUntil }) };
  }

  #forgetExpired(): void {
    for (const [text, { token }] of this.#access) {
      if (token.expiresAt > this.#clock.now()) return;
      this.#access.delete(text);
    }
  }

  #noteConsent({ clientId, user, scopes }: NewGrant): ProjectAccess {
    const allowed = this.#allowedBy(user, this.#projectOf(clientId));
    for (const scope of scopes) allowed.scopes.add(scope);
    return allowed;
  }

  #allowedBy(user: string, project: string): ProjectAccess {
    const projects = this.#allowed.get(user) ?? new Map<string, ProjectAccess>();
    this.#allowed.set(user, projects);
    const allowed = projects.get(project) ?? { grants: new Set(), scopes: new Set() };
    projects.set(project, allowed);
    return allowed;
  }

  #endProject(user: string, project: string): void {
    const projects = this.#allowed.get(user);
    for (const grant of projects?.get(project)?.grants ?? []) grant.ended = true;
    projects?.delete(project);
    this.#codes.end((code) => code.user === user && this.#projectOf(code.clientId) === project);
  }

  #projectOf(clientId: string): string {
    return this.#registry.projectIdOf(clientId);
  }
}
