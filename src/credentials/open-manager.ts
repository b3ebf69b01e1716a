import { createAccessTokens } from "./access-tokens.js";
import { openContext, type ManagerOptions } from "./context.js";
import { profileNamer } from "./names.js";
import type { CredentialManager } from "./types.js";

/** A credential manager that is open. */
export interface OpenManager extends Pick<CredentialManager, "getAccessToken"> {
  /** Everything else that it does, loaded at the first call: a program with a good token needs none of it. */
  operations(): Promise<Omit<CredentialManager, "getAccessToken">>;
}

/** The credential manager itself. `createManager` loads it when it is first called. */
export async function openManager(options: ManagerOptions): Promise<OpenManager> {
  const context = await openContext(options);
  const tokens = createAccessTokens(context);
  const named = profileNamer(options);
  return {
    getAccessToken: async (service, userId, tokenOptions = {}) => tokens.get(...named(service, userId), tokenOptions),
    operations: async () => (await import("./operations.js")).operationsOf(context, tokens),
  };
}
