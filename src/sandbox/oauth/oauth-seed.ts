import { createPrivateKey } from "node:crypto";
import * as v from "valibot";
import { describeScope } from "./scopes.js";

/** What a seed says about sign-in. */
export interface OAuthSeed {
  /** Projects of Google's console; default: one in production. */
  projects?: SeedProject[] | undefined;
  /** OAuth clients; default: one of each type. */
  clients?: SeedClient[] | undefined;
  serviceAccounts?: SeedServiceAccount[] | undefined;
  /** How long tokens live, and other rules that tests may want otherwise. */
  oauth?: OAuthSettings | undefined;
}

/** A project of Google's console. What a person allows one of its clients is revoked for all of them. */
export interface SeedProject {
  id: string;
  /** Publishing status of its consent screen; default `production`. In `testing`, refresh tokens die after days. */
  publishing?: "testing" | "production" | undefined;
  /** Addresses of those who may consent while it is in testing; default: everyone. */
  testUsers?: string[] | undefined;
}

/** An OAuth client as registered in Google's console. */
export interface SeedClient {
  clientId: string;
  clientSecret: string;
  type: "installed" | "web";
  redirectUris?: string[] | undefined;
  /** Id of its project; default: the first. */
  project?: string | undefined;
}

/** A service account, which signs in by a signed assertion instead of a consent page. */
export interface SeedServiceAccount {
  clientEmail: string;
  /** Its number, which an administrator delegates to; default: made of its place in the seed. */
  clientId?: string | undefined;
  /** Id of its project; default: the first. */
  project?: string | undefined;
  /** RSA key as PEM; default: one that is made when first needed, another in each run. */
  privateKey?: string | undefined;
  /** Scopes that an administrator allowed it for all people of the sandbox; default: none. */
  delegatedScopes?: string[] | undefined;
}

/** Rules of Google's that a test may want otherwise. */
export interface OAuthSettings {
  /** Lifetime of access tokens, in seconds; default 3599. */
  accessTokenSeconds?: number | undefined;
  /** Live refresh tokens of one person and client; one more ends the oldest. Default 100. */
  refreshTokenLimit?: number | undefined;
  /** After how many days without use a refresh token dies; default 183, for Google's "six months". */
  unusedRefreshTokenDays?: number | undefined;
  /** How many days after consent a refresh token dies while its project is in testing; default 7. */
  testingRefreshTokenDays?: number | undefined;
  /** How long access is granted for where the consent page is not told otherwise, in seconds; default: without an end. */
  grantSeconds?: number | undefined;
  /** Session length that an administrator set, in hours: then people have to sign in anew. Default: none. */
  sessionHours?: number | undefined;
  /** Each refresh gives a new refresh token, and the use of an old one ends the grant. Default false, as Google does. */
  rotateRefreshTokens?: boolean | undefined;
}

const optionalText = v.optional(v.string());
const texts = v.optional(v.array(v.string()));
const count = v.optional(v.pipe(v.number(), v.integer(), v.minValue(1)));
const duration = v.optional(v.pipe(v.number(), v.gtValue(0)));

const project = v.strictObject({
  id: v.pipe(v.string(), v.nonEmpty()),
  publishing: v.optional(v.picklist(["testing", "production"])),
  testUsers: texts,
});
const client = v.strictObject({
  clientId: v.pipe(v.string(), v.nonEmpty()),
  clientSecret: v.string(),
  type: v.picklist(["installed", "web"]),
  redirectUris: texts,
  project: optionalText,
});
const serviceAccount = v.strictObject({
  clientEmail: v.pipe(v.string(), v.nonEmpty()),
  clientId: optionalText,
  project: optionalText,
  privateKey: optionalText,
  delegatedScopes: texts,
});
const settings = v.strictObject({
  accessTokenSeconds: count,
  refreshTokenLimit: count,
  unusedRefreshTokenDays: duration,
  testingRefreshTokenDays: duration,
  grantSeconds: count,
  sessionHours: duration,
  rotateRefreshTokens: v.optional(v.boolean()),
});

/** The keys of a seed that are about sign-in. */
export const oauthSeedEntries: {
  [Key in keyof OAuthSeed]-?: v.OptionalSchema<v.GenericSchema<unknown, NonNullable<OAuthSeed[Key]>>, undefined>;
} = {
  projects: v.optional(v.pipe(v.array(project), v.minLength(1))),
  clients: v.optional(v.array(client)),
  serviceAccounts: v.optional(v.array(serviceAccount)),
  oauth: v.optional(settings),
};

/** What is wrong with a seed, and where. */
export interface SeedProblem {
  /** Such as `clients.1.project`. */
  readonly path: string;
  readonly problem: string;
}

/** What a schema cannot see: names that are taken or that nothing has. */
export function findOAuthProblem(seed: OAuthSeed): SeedProblem | undefined {
  const { projects = [], clients = [], serviceAccounts = [] } = seed;
  return (
    findDuplicate("projects", "id", projects) ??
    findDuplicate("clients", "clientId", clients) ??
    findDuplicate("serviceAccounts", "clientEmail", serviceAccounts) ??
    findDuplicate("serviceAccounts", "clientId", serviceAccounts) ??
    findUnknownProject("clients", clients, projects) ??
    findUnknownProject("serviceAccounts", serviceAccounts, projects) ??
    firstOf(serviceAccounts, findUnusableAccount)
  );
}

function findDuplicate<Key extends string>(
  list: string,
  key: Key,
  entries: readonly { readonly [K in Key]?: string | undefined }[],
): SeedProblem | undefined {
  const taken = new Set<string>();
  return firstOf(entries, (entry, index) => {
    const value = entry[key];
    if (value === undefined) return undefined;
    if (taken.has(value)) return { path: `${list}.${index}.${key}`, problem: `"${value}" is there twice` };
    taken.add(value);
    return undefined;
  });
}

function findUnknownProject(
  list: string,
  entries: readonly { readonly project?: string | undefined }[],
  projects: readonly SeedProject[],
): SeedProblem | undefined {
  return firstOf(entries, ({ project: named }, index) =>
    named === undefined || projects.some(({ id }) => id === named)
      ? undefined
      : { path: `${list}.${index}.project`, problem: `the seed has no project "${named}"` },
  );
}

function findUnusableAccount(account: SeedServiceAccount, index: number): SeedProblem | undefined {
  const path = `serviceAccounts.${index}`;
  const unknown = account.delegatedScopes?.findIndex((scope) => describeScope(scope) === undefined) ?? -1;
  if (unknown >= 0) return { path: `${path}.delegatedScopes.${unknown}`, problem: "it is no scope that is known" };
  if (account.privateKey === undefined || isRsaKey(account.privateKey)) return undefined;
  return { path: `${path}.privateKey`, problem: "it is no RSA private key as PEM" };
}

function isRsaKey(pem: string): boolean {
  try {
    return createPrivateKey(pem).asymmetricKeyType === "rsa";
  } catch {
    return false;
  }
}

function firstOf<Entry>(
  entries: readonly Entry[],
  find: (entry: Entry, index: number) => SeedProblem | undefined,
): SeedProblem | undefined {
  for (const [index, entry] of entries.entries()) {
    const problem = find(entry, index);
    if (problem) return problem;
  }
  return undefined;
}
