import type { Clock } from "../core/clock.js";
import type { AccessLevel, CredentialManager, ProfileSummary } from "../credentials/types.js";
import type { IntegrationRegistry } from "../registry.js";
import type { Prompter } from "./prompter.js";
import type { SignInWay } from "./sign-in.js";
import type { CheckResult } from "./test-access.js";

/** What the setup is to do; what is missing is asked for when somebody is there to answer. */
export interface SetupOptions {
  readonly registry: IntegrationRegistry;
  readonly prompter: Prompter;
  /** Names or aliases. */
  readonly services?: readonly string[];
  /** Every service that is registered and installed. */
  readonly all?: boolean;
  /** Default: the configuration's default user. */
  readonly userId?: string;
  readonly access?: AccessLevel;
  /** The address that must sign in; another account is refused, and nothing is stored. */
  readonly account?: string;
  /** IANA name of the person's time zone, kept with the profiles. */
  readonly timezone?: string;
  /** Path of the OAuth client file as downloaded from the service's console. */
  readonly clientFile?: string;
  /** Its key file, and in whose name it acts: nobody signs in then. */
  readonly serviceAccount?: { readonly keyFile: string; readonly subject?: string | undefined };
  /** One sign-in for all of the services, which they share from then on; else each has its own. */
  readonly together?: boolean;
  readonly way?: SignInWay;
  /** The address that a sign-in begun with `paste` ended at: finishes that one, and nothing else is set up. */
  readonly pasted?: string;
  readonly openBrowser?: boolean;
  /** The port of this machine that sign-ins come back to; default: a free one. */
  readonly port?: number;
  /** Writes to `.env` without asking, and takes the usual answer where a person could choose another. */
  readonly yes?: boolean;
  /** Origin of a sandbox to rehearse with. */
  readonly sandbox?: string;
  /** Changes of `.env` are shown only: it is a rehearsal. */
  readonly rehearsal?: boolean;
  /** Where downloaded client files appear; default: the platform's folder. */
  readonly downloadsDir?: string;
  readonly clock?: Clock;
  readonly signal?: AbortSignal;
}

/** A service that was set up, as one profile. */
export interface ConnectedService extends ProfileSummary {
  readonly title: string;
  readonly kind: string;
  readonly enableVariable?: string;
  readonly enabled: boolean;
  /** What real calls came to. */
  readonly checks: readonly CheckResult[];
}

/** A change of a `.env` file that was made or proposed. */
export interface SettingsChange {
  readonly file: string;
  readonly variables: readonly string[];
  readonly written: boolean;
}

/** What the setup did, service by service. */
export interface SetupResult {
  readonly connected: readonly ConnectedService[];
  readonly settings: readonly SettingsChange[];
}

/** A setup under way. */
export interface SetupRun extends SetupOptions {
  readonly manager: CredentialManager;
  readonly clock: Clock;
  /** How services are reached. */
  readonly where: { readonly endpoints?: string; readonly clock?: Clock };
}

/** A profile of a service. */
export interface Target {
  readonly service: string;
  readonly userId: string;
}

/** The service's name as people know it. */
export function titleOf({ registry }: Pick<SetupOptions, "registry">, service: string): string {
  return registry.getProvider(service).setup.title;
}

/** Several titles as one speaks: `Gmail, Google Calendar and Weather`. */
export function titlesOf(run: Pick<SetupOptions, "registry">, services: readonly string[]): string {
  const titles = services.map((service) => titleOf(run, service));
  return titles.length < 2 ? titles.join() : `${titles.slice(0, -1).join(", ")} and ${titles.at(-1) ?? ""}`;
}

/** The token endpoint at which a service signs people in; undefined for one with an API key. */
export function authorizationServerOf(
  { registry }: Pick<SetupOptions, "registry">,
  service: string,
): string | undefined {
  const { credentials } = registry.getProvider(service).setup;
  return credentials.kind === "oauth" ? credentials.endpoints.token : undefined;
}
