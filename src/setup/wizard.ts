import { systemClock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { IntegrationRegistry } from "../registry.js";
import { chooseAccess, chooseServices, chooseTarget, type ChosenTarget } from "./choose.js";
import { connect, tried, type Group } from "./connect.js";
import { offerMore } from "./more-services.js";
import {
  authorizationServerOf,
  titlesOf,
  type ConnectedService,
  type SetupOptions,
  type SetupResult,
  type SetupRun,
} from "./setup-options.js";
import { finishSignIn } from "./sign-in.js";
import { switchOn } from "./switch-on.js";

/**
 * Brings services from nothing to a tested connection.
 *
 * @throws ConfigurationError `config.missing_variable` naming the flag when an answer is needed and nobody can give it;
 * AuthenticationError `auth.consent_denied` when the person leaves; and what `beginConsent`, `completeConsent` and, where
 * nobody is there to be told, the first calls of a client throw
 */
export async function runSetup(options: SetupOptions): Promise<SetupResult> {
  const run = await begin(options);
  const connected: ConnectedService[] = [];
  try {
    if (options.pasted === undefined) await setUp(run, connected);
    else connected.push(await finishPasted(run, options.pasted));
  } catch (error) {
    // Where nobody is asked, what is connected by then is of use, whatever could not be.
    if (!run.prompter.interactive && connected.length > 0) await switchOn(run, latest(connected));
    throw error;
  }
  return { connected: latest(connected), settings: await switchOn(run, latest(connected)) };
}

async function begin(options: SetupOptions): Promise<SetupRun> {
  const { registry, sandbox, clock, timezone } = options;
  requireUsableAccount(options);
  const where = { ...(sandbox !== undefined && { endpoints: sandbox }), ...(clock && { clock }) };
  if (timezone !== undefined) (await import("../credentials/stored-records.js")).requireZone(timezone);
  return { ...options, where, clock: clock ?? systemClock, manager: registry.getCredentialManager(where) };
}

async function finishPasted(run: SetupRun, pasted: string): Promise<ConnectedService> {
  const { manager, registry, timezone, userId = registry.config.defaultUser } = run;
  const { service } = await finishSignIn(manager, pasted, userId);
  if (timezone !== undefined) await manager.storeCredentials(service, { userTimezone: timezone }, userId);
  return tried(run, { service, userId });
}

/** @param connected - gets each service as soon as it is connected */
async function setUp(run: SetupRun, connected: ConnectedService[]): Promise<void> {
  const { registry, together } = run;
  const services = await chooseServices(run);
  for (const service of services) requireUsable(registry, service);
  if (together) for (const service of services) requireSignIn(run, service);
  if (run.account !== undefined) for (const service of services) requireAccountOf(run, service);
  const targets: ChosenTarget[] = [];
  for (const service of services) {
    targets.push(await chooseTarget(run, { service, userId: run.userId ?? registry.config.defaultUser }));
  }
  for (const target of targets.filter(({ testOnly }) => testOnly)) connected.push(await tried(run, target));
  const groups = await groupsOf(
    run,
    targets.filter(({ testOnly }) => !testOnly),
  );
  for (const group of groups) connected.push(...(await connect(run, group)));
  for (const group of await offerMore(run, groups)) connected.push(...(await connect(run, group)));
}

/** A service that signed in once more together with another one is told once, as it is now. */
function latest(connected: readonly ConnectedService[]): ConnectedService[] {
  return [...new Map(connected.map((each) => [JSON.stringify([each.service, each.userId]), each])).values()];
}

/** What cannot be used afterwards is told before anybody signs in. @throws ConfigurationError */
function requireUsable(registry: IntegrationRegistry, service: string): void {
  const { enableVariable } = registry.getProvider(service);
  if (enableVariable !== undefined) registry.config.isEnabled(enableVariable); // neither true nor false: says so
  registry.requirePackages(service);
}

/** @throws ConfigurationError `config.invalid` for a service that nobody signs in to */
function requireSignIn(run: SetupRun, service: string): void {
  if (authorizationServerOf(run, service) !== undefined) return;
  throw integrationError("config.invalid", {
    message: `${titlesOf(run, [service])} has no sign-in that it could share: it is used with an API key.`,
    hint: "Set it up by itself, without together.",
    service,
  });
}

/** An account that could not be asked for at the sign-in would be no promise. @throws ConfigurationError `config.invalid` */
function requireUsableAccount({ account, serviceAccount, pasted }: SetupOptions): void {
  if (account === undefined) return;
  const details = { flag: "--account" };
  if (!/^[^\s@]+@[^\s@]+$/.test(account)) {
    throw integrationError("config.invalid", {
      message: `--account is "${account}", which is not an address.`,
      hint: "Give the whole address of the account that is to sign in, such as ann@example.com.",
      details,
    });
  }
  if (serviceAccount === undefined && pasted === undefined) return;
  throw integrationError("config.invalid", {
    message: "--account says who is to sign in, but no sign-in is begun.",
    hint: "Leave --account out; give it to the run that begins a sign-in.",
    details,
  });
}

/** @throws ConfigurationError `config.invalid` for a service that has no account to look at */
function requireAccountOf(run: SetupRun, service: string): void {
  if (authorizationServerOf(run, service) !== undefined) return;
  throw integrationError("config.invalid", {
    message: `${titlesOf(run, [service])} is used with an API key: nobody signs in whose account could be looked at.`,
    hint: "Set it up by itself, without --account.",
    service,
    details: { flag: "--account" },
  });
}

/** Which services get a sign-in of their own, and which share one. */
async function groupsOf(run: SetupRun, targets: readonly ChosenTarget[]): Promise<Group[]> {
  const signing = targets.filter(({ service }) => authorizationServerOf(run, service) !== undefined);
  const access = await chooseAccess(run, signing);
  const groups: Group[] = [];
  const left = [...targets];
  for (let target = left.shift(); target; target = left.shift()) {
    const { service, userId } = target;
    const others = left.filter((other) => other.userId === userId && sharesServer(run, service, other.service));
    const shared = others.length > 0 && (await shallShare(run, [service, ...others.map((other) => other.service)]));
    if (shared) for (const other of others) left.splice(left.indexOf(other), 1);
    groups.push({ services: [service, ...(shared ? others.map((other) => other.service) : [])], userId, access });
  }
  return groups;
}

/** Who asks for one sign-in by a flag is told by the vault which services cannot share it. */
function sharesServer(run: SetupRun, one: string, other: string): boolean {
  const server = authorizationServerOf(run, one);
  return server !== undefined && (run.together === true || server === authorizationServerOf(run, other));
}

async function shallShare(run: SetupRun, services: readonly string[]): Promise<boolean> {
  const { together, prompter, yes, serviceAccount } = run;
  if (together === true || serviceAccount || yes || !prompter.interactive) return together === true;
  return prompter.confirm(`Sign in once for ${titlesOf(run, services)} together?`, {
    initial: true,
    flag: "--together",
  });
}
