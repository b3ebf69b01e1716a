import { systemClock, type Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { AccessLevel, CredentialManager, ProfileSummary } from "../credentials/types.js";
import { openLoopback } from "../oauth/loopback.js";
import type { Prompter } from "./prompter.js";

/** How the answer of the consent page comes back: by itself to this machine, or by hand. */
export type SignInWay = "loopback" | "paste";

/** What a sign-in needs to know. */
export interface SignInOptions {
  readonly service: string;
  readonly userId: string;
  readonly access?: AccessLevel;
  /** Path of a client file to take into the vault first. */
  readonly clientFile?: string;
  readonly way: SignInWay;
  /** Whether to open the person's browser. */
  readonly openBrowser: boolean;
  readonly signal?: AbortSignal;
  readonly clock?: Clock;
}

const patienceMs = 10 * 60 * 1000;
/** Nothing listens there: the browser shows an error page, and its address bar holds the answer. */
const pasteRedirectUri = "http://127.0.0.1:8976/callback";

/**
 * Sends a person to the service's consent page and stores what comes back.
 *
 * @throws AuthenticationError `auth.consent_denied`, `auth.wrong_account`, `auth.invalid_credentials`;
 * ConfigurationError `config.invalid_file`, `config.untrusted_endpoint`
 */
export async function signIn(
  manager: CredentialManager,
  prompter: Prompter,
  options: SignInOptions,
): Promise<ProfileSummary> {
  return options.way === "paste" ? pasteSignIn(manager, prompter, options) : loopbackSignIn(manager, prompter, options);
}

async function loopbackSignIn(
  manager: CredentialManager,
  prompter: Prompter,
  options: SignInOptions,
): Promise<ProfileSummary> {
  const loopback = await openLoopback({ clock: options.clock ?? systemClock });
  try {
    const { url } = await manager.beginConsent(options.service, consentOptions(options, loopback.redirectUri));
    loopback.expectState(new URL(url).searchParams.get("state") ?? "");
    await prompter.showAddress(url, { open: options.openBrowser });
    const callbackUrl = await prompter.during("Waiting for the answer of the consent page", () =>
      loopback.waitForCallback({ timeoutMs: patienceMs, ...(options.signal && { signal: options.signal }) }),
    );
    return await manager.completeConsent(callbackUrl, { userId: options.userId });
  } finally {
    await loopback.close();
  }
}

async function pasteSignIn(
  manager: CredentialManager,
  prompter: Prompter,
  options: SignInOptions,
): Promise<ProfileSummary> {
  const { url } = await manager.beginConsent(options.service, consentOptions(options, pasteRedirectUri));
  await prompter.showAddress(url, { open: options.openBrowser });
  prompter.say("After the last page the browser shows an error; copy the whole address from its address bar.");
  const pasted = (await prompter.ask("Paste the address here", { placeholder: `${pasteRedirectUri}?state=…` })).trim();
  if (!URL.canParse(pasted)) {
    throw integrationError("auth.invalid_credentials", {
      message: "What was pasted is not an address.",
      hint: `Run the setup again and paste the whole address, from http to its end; it begins with ${pasteRedirectUri}.`,
    });
  }
  return manager.completeConsent(pasted, { userId: options.userId });
}

function consentOptions(options: SignInOptions, redirectUri: string): Parameters<CredentialManager["beginConsent"]>[1] {
  return {
    userId: options.userId,
    redirectUri,
    ...(options.access && { access: options.access }),
    ...(options.clientFile !== undefined && { clientFile: options.clientFile }),
  };
}
