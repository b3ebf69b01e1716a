import type { OAuthSeed, OAuthSettings, SeedClient, SeedServiceAccount } from "./oauth-seed.js";
import { grantedName } from "./scopes.js";
import { createServiceKey, type ServiceKey } from "./service-key.js";

/** A project of Google's console. */
export interface Project {
  readonly id: string;
  readonly inTesting: boolean;
  /** Lower case; undefined: everyone may consent. */
  readonly testUsers: ReadonlySet<string> | undefined;
}

/** An OAuth client, with its redirect addresses and its project known. */
export type RegisteredClient = SeedClient & { readonly redirectUris: readonly string[]; readonly project: string };

/** A service account with its key. */
export interface ServiceAccount {
  readonly clientEmail: string;
  readonly clientId: string;
  readonly project: string;
  readonly delegatedScopes: ReadonlySet<string>;
  readonly key: ServiceKey;
}

type Default = "accessTokenSeconds" | "refreshTokenLimit" | "unusedRefreshTokenDays" | "testingRefreshTokenDays";

/** The rules, with Google's own where the seed says nothing. */
export type Settings = Readonly<Omit<OAuthSettings, Default> & Record<Default, number>>;

/** What is registered in Google's console. */
export interface Registry {
  readonly settings: Settings;
  readonly clients: readonly RegisteredClient[];
  /** @returns "deleted" for one that is no more */
  findClient(clientId: string): RegisteredClient | "deleted" | undefined;
  deleteClient(clientId: string): void;
  /** Where a client belongs, or belonged before it was deleted. */
  projectIdOf(clientId: string): string;
  projectOf(owner: { readonly project: string }): Project;
  readonly serviceAccounts: ReadonlyMap<string, ServiceAccount>;
}

const defaultProject = "sandbox-project";

const defaultClients: readonly SeedClient[] = [
  {
    clientId: "1234567890-desktop.apps.googleusercontent.com",
    clientSecret: "GOCSPX-sandbox-desktop-secret",
    type: "installed",
    redirectUris: ["http://localhost"],
  },
  {
    clientId: "1234567890-web.apps.googleusercontent.com",
    clientSecret: "GOCSPX-sandbox-web-secret",
    type: "web",
    redirectUris: ["https://app.example/oauth/callback"],
  },
];

function withDefaults(settings: OAuthSettings): Settings {
  return {
    ...settings,
    accessTokenSeconds: settings.accessTokenSeconds ?? 3599,
    refreshTokenLimit: settings.refreshTokenLimit ?? 100,
    // Unsure(google): documented as "six months", without days.
    unusedRefreshTokenDays: settings.unusedRefreshTokenDays ?? 183,
    testingRefreshTokenDays: settings.testingRefreshTokenDays ?? 7,
  };
}

/** Registers what a seed declares, which was checked before. */
export function createRegistry(seed: OAuthSeed): Registry {
  const declared = seed.projects ?? [{ id: defaultProject }];
  const first = declared[0]?.id ?? defaultProject;
  const projects = new Map(
    declared.map(({ id, publishing, testUsers }): [string, Project] => {
      const names = testUsers && new Set(testUsers.map((user) => user.toLowerCase()));
      return [id, { id, inTesting: publishing === "testing", testUsers: names }];
    }),
  );
  const clients = (seed.clients ?? defaultClients).map((client) => ({
    ...client,
    redirectUris: client.redirectUris ?? [],
    project: client.project ?? first,
  }));
  const clientsById = new Map<string, RegisteredClient | "deleted">(clients.map((client) => [client.clientId, client]));
  const projectIds = new Map(clients.map(({ clientId, project }) => [clientId, project]));
  const accounts = (seed.serviceAccounts ?? []).map((account, index) => registerAccount(account, index, first));
  return {
    settings: withDefaults(seed.oauth ?? {}),
    clients,
    findClient: (clientId) => clientsById.get(clientId),
    deleteClient: (clientId) => void clientsById.set(clientId, "deleted"),
    projectIdOf: (clientId) => projectIds.get(clientId) ?? first,
    projectOf: ({ project }) => projects.get(project) ?? { id: project, inTesting: false, testUsers: undefined },
    serviceAccounts: new Map(accounts.map((account) => [account.clientEmail, account])),
  };
}

function registerAccount(account: SeedServiceAccount, index: number, firstProject: string): ServiceAccount {
  return {
    clientEmail: account.clientEmail,
    clientId: account.clientId ?? `1100000000000000000${String(index + 1).padStart(2, "0")}`,
    project: account.project ?? firstProject,
    delegatedScopes: new Set((account.delegatedScopes ?? []).map(grantedName)),
    key: createServiceKey(account.privateKey),
  };
}
