import { integrationError, isIntegrationError, type IntegrationError } from "../core/errors.js";
import { given } from "../core/given.js";
import type { AccessLevel, ProfileSummary } from "../credentials/types.js";
import { askClientFile } from "./client-file.js";
import { titleOf, titlesOf, type ConnectedService, type SetupRun, type Target } from "./setup-options.js";
import { signIn } from "./sign-in.js";
import { describeCheck, isApiDisabled, testAccess, type CheckResult } from "./test-access.js";
import { hasOwnSteps, walkSteps } from "./walk.js";

/** Services of one profile that get one credential: the first one's, which the others share. */
export interface Group {
  readonly services: readonly [string, ...string[]];
  readonly userId: string;
  readonly access: AccessLevel | undefined;
}

/** Brings services from nothing to a tested connection. */
export async function connect(run: SetupRun, group: Group): Promise<ConnectedService[]> {
  const { manager, prompter, registry, serviceAccount, timezone } = run;
  const { services, userId, access } = group;
  const [service] = services;
  const { credentials } = registry.getProvider(service).setup;
  prompter.say(`\n${titlesOf(run, services)}, profile "${userId}"`);
  if (credentials.kind === "api_key") return [await connectByKey(run, { service, userId })];
  if (serviceAccount) {
    for (const each of services) {
      await manager.linkServiceAccount(each, { userId, ...serviceAccount, ...(access && { access }) });
    }
  } else await signInToGroup(run, group);
  const connected: ConnectedService[] = [];
  for (const each of services) {
    if (timezone !== undefined) await manager.storeCredentials(each, { userTimezone: timezone }, userId);
    connected.push(await tried(run, { service: each, userId }));
  }
  return connected;
}

async function connectByKey(run: SetupRun, target: Target): Promise<ConnectedService> {
  const { prompter } = run;
  for (;;) {
    await storeKey(run, target);
    const connected = await tried(run, target);
    const isRefused = connected.checks.some(({ error }) => isIntegrationError(error, "auth.invalid_credentials"));
    if (!isRefused || !(await prompter.confirm("The key was refused. Enter it again?", { initial: true }))) {
      return connected;
    }
  }
}

/** Tries a profile out and tells how that went. @throws what failed, where nobody is there to be told */
export async function tried(run: SetupRun, { service, userId }: Target): Promise<ConnectedService> {
  const { manager, prompter, registry } = run;
  const profile = (await manager.listProfiles(service)).find((each) => each.userId === userId);
  if (!profile) throw integrationError("config.profile_not_found", { service, profile: userId });
  const checks = await testUntilEnabled(run, profile);
  const failed = checks.find(({ ok }) => !ok);
  if (failed?.error && !prompter.interactive) throw failed.error;
  const { enabled, enableVariable, title, kind } = registry.getProviderInfo(service);
  return { ...profile, title, kind, enabled, ...(enableVariable !== undefined && { enableVariable }), checks };
}

async function testUntilEnabled(run: SetupRun, profile: ProfileSummary): Promise<CheckResult[]> {
  const { prompter, registry, where, signal, openBrowser = true } = run;
  const title = titleOf(run, profile.service);
  for (;;) {
    const checks = await prompter.during(`Testing the connection to ${title}`, () =>
      testAccess(registry, profile, { ...where, signal }),
    );
    for (const check of checks) prompter.say(describeCheck(check));
    const disabled = checks.find(({ error }) => isApiDisabled(error))?.error;
    if (!disabled || !prompter.interactive) return checks;
    prompter.say(`The API of ${title} is not enabled in your project yet.`);
    const url = apiPage(run, profile.service, disabled);
    if (url !== undefined)
      await prompter.showAddress(url, { open: openBrowser && run.sandbox === undefined, title: "Enable it here" });
    const answer = await prompter.choose(
      `Enable the API of ${title} and wait a minute. Then?`,
      [
        { value: "again", label: "Test again" },
        { value: "later", label: "Leave it for later" },
      ],
      { flag: "--test" },
    );
    if (answer === "later") return checks;
  }
}

/** Where the API is enabled, as the service itself says, else as the setup does. */
function apiPage({ registry }: SetupRun, service: string, { details }: IntegrationError): string | undefined {
  const told = details?.["enableUrl"];
  if (typeof told === "string") return told;
  return registry.getProvider(service).setup.steps.find(({ serves = "service" }) => serves === "service")?.url;
}

/** Signs in, and offers to do it again when it did not come out well. */
async function signInToGroup(run: SetupRun, group: Group): Promise<ProfileSummary> {
  const { manager, prompter } = run;
  const { services, userId, access } = group;
  const [service, ...others] = services;
  const { done, ...client } = await prepareClient(run, group);
  for (;;) {
    try {
      const profile = await signIn(manager, prompter, {
        ...{ service, userId, ...client, title: titlesOf(run, services) },
        way: run.way ?? "loopback",
        openBrowser: run.openBrowser ?? true,
        ...(others.length > 0 && { alsoFor: others }),
        ...given({ access, account: run.account, port: run.port, signal: run.signal, clock: run.where.clock }),
      });
      await done();
      if (profile.state !== "missing_scopes" || !prompter.interactive) return profile;
      prompter.say(`Signed in, but ${profile.reason ?? "not everything was allowed"}.`);
      if (!(await prompter.confirm("Sign in again and tick every box?", { initial: true }))) return profile;
    } catch (error) {
      if (!prompter.interactive || !isIntegrationError(error) || !canBeTriedAgain(error)) throw error;
      prompter.say(`${error.message} ${error.hint}`);
      if (!(await prompter.confirm("Try the sign-in again?", { initial: true }))) throw error;
    }
  }
}

/** What a person may do otherwise the next time; who left the setup is not asked again. */
function canBeTriedAgain({ code, details }: IntegrationError): boolean {
  if (details?.["stopped"] === true) return false;
  return ["auth.consent_denied", "auth.wrong_account", "auth.invalid_credentials", "connection.timeout"].includes(code);
}

interface PreparedClient {
  readonly clientFile?: string;
  readonly clientFileText?: string;
  /** Notes that it was good. */
  readonly done: () => Promise<void>;
}

/** Sees to it that there is an OAuth client: leads to a new one where there is none, and else through the services' own steps. */
async function prepareClient(run: SetupRun, { services, userId }: Group): Promise<PreparedClient> {
  const { clientFile, manager, prompter, registry } = run;
  const [service] = services;
  if (clientFile !== undefined) return { clientFile, done: nothing };
  if (!prompter.interactive) return { done: nothing };
  if (await manager.hasClientFile(service, userId)) {
    const [first, ...more] = await neverSetUp(run, services);
    if (first !== undefined && (await hasOwnSteps(run, [first, ...more]))) {
      await walkSteps(run, [first, ...more], { steps: "own" });
    }
    return { done: nothing };
  }
  const { credentials } = registry.getProvider(service).setup;
  if (credentials.kind !== "oauth") return { done: nothing };
  const done = await walkSteps(run, services, { steps: "all" });
  return { clientFileText: await askClientFile(run, credentials), done };
}

async function neverSetUp({ manager }: SetupRun, services: readonly string[]): Promise<string[]> {
  const known = new Set((await manager.listProfiles()).map(({ service }) => service));
  return services.filter((service) => !known.has(service));
}

async function nothing(): Promise<void> {
  // for those who have nothing to note
}

/** Asks for the key of a service that uses one; it is not shown while it is typed. */
async function storeKey(run: SetupRun, { service, userId }: Target): Promise<void> {
  const { prompter, manager } = run;
  const title = titleOf(run, service);
  const done = prompter.interactive ? await walkSteps(run, [service], { steps: "all" }) : undefined;
  const missing = `No API key was given for ${title}; nothing was stored.`;
  const apiKey = (
    await prompter.ask(`API key of ${title}`, {
      secret: true,
      piped: true,
      flag: "an API key on standard input",
      ...(prompter.interactive && { check: (key: string) => (key.trim() === "" ? missing : undefined) }),
    })
  ).trim();
  if (apiKey === "") {
    const hint = "Run the setup again and paste the key, or pipe it in on standard input.";
    throw integrationError("config.invalid", { message: missing, hint, service });
  }
  await manager.storeCredentials(service, { apiKey }, userId);
  await done?.();
}
