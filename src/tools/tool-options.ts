import type { ClientOptions } from "../client-options.js";

/** How an assistant's tools are opened; everything has a default. */
export interface ToolOptions extends Pick<
  ClientOptions,
  "config" | "registry" | "credentials" | "endpoints" | "clock" | "logger"
> {
  /** The profiles that may be used; default: all that somebody has connected. */
  readonly profiles?: readonly string[];
  /** Permits reading only, whatever the policy says. */
  readonly readOnly?: boolean;
  /**
   * Asks the person who uses the program, in the program's own window, whether something is to be done; used for profiles
   * whose policy says `ask: client`. Whatever it shows must come from `text`, and its yes from the person.
   */
  readonly confirm?: (request: ConfirmationRequest) => Promise<boolean>;
}

/** What a person is asked. */
export interface ConfirmationRequest {
  /** All that would be done, in plain lines. */
  readonly text: string;
  readonly signal?: AbortSignal;
}
