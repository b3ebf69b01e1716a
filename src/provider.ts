import type { Dispatcher } from "undici";
import type { IntegrationConfig } from "./config.js";
import type { Clock } from "./core/clock.js";
import type { CallOptions } from "./core/deadline.js";
import type { Logger } from "./core/logger.js";
import type { AccessLevel, CredentialManager, CredentialSetup } from "./credentials/types.js";

/** One thing that a person does by hand during setup, with the page where it is done. */
export interface SetupStep {
  /** Tells it from the provider's others, and stays the same: that it was done is remembered by it. */
  readonly id: string;
  readonly title: string;
  /** What to do there, in one or two sentences. */
  readonly instruction: string;
  readonly url?: string;
  /** Whom doing it once is enough for: this service (default), or all services of the same authorization server. */
  readonly serves?: "service" | "issuer";
}

/** What setup must ask for and explain: data from which wizard, `--list`, doctor and docs are derived. */
export interface SetupDefinition {
  /** The service's name as people know it, such as `Gmail`. */
  readonly title: string;
  readonly credentials: CredentialSetup;
  /** In the order in which they are done. The setup itself asks for what the last one gives: a client file, or a key. */
  readonly steps: readonly SetupStep[];
}

/** What a service can and cannot do, by capability name. */
export type Capabilities = Readonly<Record<string, boolean | string>>;

/** What a provider makes a client from. */
export interface ProviderContext {
  readonly service: string;
  readonly userId: string;
  /** What the caller limits the client to; default: what the profile is linked with. */
  readonly access: AccessLevel | undefined;
  readonly config: IntegrationConfig;
  readonly credentials: CredentialManager;
  readonly clock: Clock;
  /** An undici dispatcher to use for the network instead of our own. */
  readonly dispatcher: Dispatcher | undefined;
  readonly logger: Logger | undefined;
  /** The loopback origin that stands in for the service's own, for a sandbox. */
  readonly endpoints: string | undefined;
}

/** One real call that shows whether a permission is there, and changes nothing. */
export interface AccessCheck {
  /** What the permission is good for, such as `Read mails`. */
  readonly title: string;
  /** The scope that it tries out, where a service has scopes. */
  readonly scope?: string;
  /** @throws AuthenticationError `auth.scope_missing` when it is not there, and whatever else is in the way */
  run(options: CallOptions): Promise<void>;
}

/** The checks of one profile's access. */
export interface AccessChecks {
  readonly checks: readonly AccessCheck[];
  close(): Promise<void>;
}

/** A kind of service and how to make its clients. Third parties register theirs with `registry.registerProvider`. */
export interface IntegrationProvider<Client = unknown> {
  getName(): string;
  /** `email` and `calendar` clients keep those contracts; other kinds are their provider's own. */
  readonly kind: string;
  readonly aliases?: readonly string[];
  /** The environment variable that switches it on or off. */
  readonly enableVariable?: string;
  readonly capabilities: Capabilities;
  /** Optional packages that its client needs. */
  readonly packages?: readonly string[];
  readonly setup: SetupDefinition;
  /** What is surprising about the service, for those who use it: a sentence each. */
  readonly quirks?: readonly string[];
  /** Whether its optional packages resolve. */
  isAvailable(): boolean;
  createClient(context: ProviderContext): Client;
  /** What tries out each permission of the context's access level. Without it, the client's `connect` is tried. */
  openAccessChecks?(context: ProviderContext): Promise<AccessChecks>;
}
