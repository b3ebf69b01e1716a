import { hostname, userInfo } from "node:os";
import { systemClock, type Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { given } from "../core/given.js";
import { pasteCommand } from "../credentials/names.js";
import type { AccessLevel, CredentialManager, ProfileSummary } from "../credentials/types.js";
import { openLoopback } from "../oauth/loopback.js";
import { endingPage } from "./callback-pages.js";
import type { Prompter } from "./prompter.js";

/** How the answer of the consent page comes back: by itself to this machine, or by hand. */
export type SignInWay = "loopback" | "paste";

/** What a sign-in needs to know. */
export interface SignInOptions {
  readonly service: string;
  /** The service's name as people know it. */
  readonly title: string;
  readonly userId: string;
  readonly access?: AccessLevel;
  /** Other services that are to use the same sign-in. */
  readonly alsoFor?: readonly string[];
  /** Path of a client file to take into the vault first. */
  readonly clientFile?: string;
  /** The same as its text. */
  readonly clientFileText?: string;
  /** The address that must sign in. */
  readonly account?: string;
  /** The port that the answer comes back to; default: a free one. */
  readonly port?: number;
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

/** Finishes a sign-in that was begun with `paste`, perhaps by another process. @param pasted - what the person copied */
export async function finishSignIn(
  manager: CredentialManager,
  pasted: string,
  userId: string,
): Promise<ProfileSummary> {
  const address = pasted.trim();
  if (URL.canParse(address)) return manager.completeConsent(address, { userId });
  throw integrationError("auth.invalid_credentials", {
    message: "What was pasted is not an address.",
    hint: `Paste the whole address, from http to its end; it begins with ${pasteRedirectUri}.`,
  });
}

async function loopbackSignIn(
  manager: CredentialManager,
  prompter: Prompter,
  options: SignInOptions,
): Promise<ProfileSummary> {
  const { service, title, userId, openBrowser, signal } = options;
  const loopback = await openLoopback({
    clock: options.clock ?? systemClock,
    ...(options.port !== undefined && { port: options.port }),
  });
  try {
    const { url } = await manager.beginConsent(service, consentOptions(options, loopback.redirectUri));
    const complete = (callbackUrl: string): Promise<ProfileSummary> => manager.completeConsent(callbackUrl, { userId });
    const answer = loopback.takeAnswer(new URL(url).searchParams.get("state") ?? "", complete, {
      timeoutMs: patienceMs,
      ...(signal && { signal }),
      page: (ending) => endingPage(title, ending),
    });
    answer.catch(() => undefined); // looked at below, once the address is shown
    await prompter.showAddress(url, { open: openBrowser, title: "Open this address and sign in" });
    if (!openBrowser) prompter.say(`${elsewhere}\n\n  ${tunnelCommand(loopback.port)}\n`);
    return await prompter.during("Waiting for the answer of the consent page", () => answer);
  } finally {
    await loopback.close();
  }
}

const elsewhere = "Is the browser on another machine than this? Run this there first, and leave it open meanwhile:";

/** Brings the answer from a browser elsewhere to this machine's port. */
function tunnelCommand(port: number): string {
  return `ssh -N -L ${port}:127.0.0.1:${port} ${userInfo().username}@${hostname()}`;
}

async function pasteSignIn(
  manager: CredentialManager,
  prompter: Prompter,
  options: SignInOptions,
): Promise<ProfileSummary> {
  const { service, userId, openBrowser } = options;
  const { url } = await manager.beginConsent(service, consentOptions(options, pasteRedirectUri));
  await prompter.showAddress(url, { open: openBrowser, title: "Open this address and sign in" });
  prompter.say("After the last page the browser shows an error; copy the whole address from its address bar.");
  prompter.say(`Within ten minutes it can be given here, or to another run: ${pasteCommand(userId)}`);
  const pasted = await prompter.ask("Paste the address here", {
    placeholder: `${pasteRedirectUri}?state=…`,
    piped: true,
    flag: "--paste",
  });
  return finishSignIn(manager, pasted, userId);
}

function consentOptions(options: SignInOptions, redirectUri: string): Parameters<CredentialManager["beginConsent"]>[1] {
  const { userId, access, alsoFor, clientFile, clientFileText, account } = options;
  return { userId, redirectUri, ...given({ access, alsoFor, clientFile, clientFileText, account }) };
}
