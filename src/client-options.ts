import type { Dispatcher } from "undici";
import type { IntegrationConfig } from "./config.js";
import type { Clock } from "./core/clock.js";
import { integrationError } from "./core/errors.js";
import { isLoopback } from "./core/http.js";
import type { Logger } from "./core/logger.js";
import type { CredentialStore } from "./credentials/store.js";
import type { AccessLevel, CredentialManager } from "./credentials/types.js";
import type { IntegrationRegistry } from "./registry.js";

/** How a client is made; everything has a default. */
export interface ClientOptions {
  /** The profile; default: the configuration's `defaultUser`. */
  userId?: string;
  /** Limits the client; default: what the profile is linked with. */
  access?: AccessLevel;
  config?: IntegrationConfig;
  registry?: IntegrationRegistry;
  credentials?: CredentialManager;
  logger?: Logger;
  /** The origin of a sandbox on this machine, such as `http://127.0.0.1:4000`; no other address is accepted. */
  endpoints?: string;
  /** Where the time comes from. */
  clock?: Clock;
  /** An undici dispatcher to use for the network. Whoever hands it in closes it. */
  dispatcher?: Dispatcher;
}

/** How credentials are reached: three of the options of a client, and where they are kept. */
export interface CredentialOptions extends Pick<ClientOptions, "endpoints" | "clock" | "dispatcher"> {
  /** A store of the program's own, in the place of what the configuration names; its key comes from where that says. */
  store?: CredentialStore;
}

/**
 * The origin of a sandbox, checked.
 *
 * @throws ConfigurationError `config.untrusted_endpoint` unless it is on this machine, `config.unsafe` in production
 */
export function sandboxOrigin(address: string, config: IntegrationConfig): string {
  const url = URL.canParse(address) ? new URL(address) : undefined;
  if (!url || !isLoopback(url) || (url.protocol !== "http:" && url.protocol !== "https:")) {
    throw integrationError("config.untrusted_endpoint", {
      message: `"${address}" is not the address of a sandbox on this machine.`,
      hint: "Give a loopback address such as http://127.0.0.1:4000, or none to talk to the service itself.",
    });
  }
  if (config.environment === "production") {
    throw integrationError("config.unsafe", {
      message: "A sandbox address is set in production.",
      hint: "Leave the endpoints out, or do not run with MAIGIC_ENVIRONMENT=production.",
    });
  }
  return url.origin;
}
