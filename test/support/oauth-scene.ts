import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "../../src/sandbox/index.js";
import { movedClock, type MovedClock } from "./moved-clock.js";
import { alice, oauthClient, type OAuthClient } from "./oauth-client.js";

/** A sandbox with Alice and Bob, and a client that speaks plain HTTP to it. */
export interface OAuthScene extends OAuthClient, AsyncDisposable {
  readonly sandbox: GoogleSandbox;
  readonly clock: MovedClock;
}

export const dayMs: number = 24 * 60 * 60 * 1000;

/** @param seed - what the sandbox has beside its two people */
export async function openOAuthScene(seed: Partial<SandboxSeed> = {}): Promise<OAuthScene> {
  const clock = movedClock(Date.now());
  const users = [{ email: alice, name: "Alice Moreau" }, { email: "bob@example.com" }];
  const sandbox = await createGoogleSandbox({ seed: { users, ...seed }, clock });
  return { sandbox, clock, ...oauthClient(sandbox), [Symbol.asyncDispose]: () => sandbox.close() };
}
