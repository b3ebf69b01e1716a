import type { Clock } from "../core/clock.js";
import type { Logger } from "../core/logger.js";
import type { IntegrationRegistry } from "../registry.js";

/** How an assistant's tools are opened; everything has a default. */
export interface ToolOptions {
  /** Default: the registry of the process's own configuration. */
  readonly registry?: IntegrationRegistry;
  /** The profiles that may be used; default: all that somebody has connected. */
  readonly profiles?: readonly string[];
  /** Permits reading only, whatever the policy says. */
  readonly readOnly?: boolean;
  /**
   * Asks the person who uses the program, in the program's own window, whether something is to be done; used for profiles
   * whose policy says `ask: client`. Whatever it shows must come from `text`, and its yes from the person.
   */
  readonly confirm?: (request: ConfirmationRequest) => Promise<boolean>;
  /** The origin of a sandbox on this machine. */
  readonly endpoints?: string;
  readonly clock?: Clock;
  readonly logger?: Logger;
}

/** What a person is asked. */
export interface ConfirmationRequest {
  /** All that would be done, in plain lines. */
  readonly text: string;
  readonly signal?: AbortSignal;
}
