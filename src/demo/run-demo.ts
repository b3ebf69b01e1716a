import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createCalendarClient,
  createCredentialManager,
  createEmailClient,
  getAvailableIntegrations,
  getRegistry,
  IntegrationConfig,
  integrationError,
  timeRange,
  type ClientOptions,
  type IntegrationInfo,
} from "../index.js";
import type { Event, UpdateResult } from "../calendar/index.js";
import type { Email, EmailSearchResult, EmailStats } from "../email/index.js";
import { createGoogleSandbox, lifelikeWorld, type GoogleSandbox } from "../sandbox/index.js";

/** Everything that the demo found out and did. */
export interface DemoFacts {
  integrations: Record<string, IntegrationInfo>;
  account: EmailStats;
  recentEmails: Email[];
  search: EmailSearchResult & { query: string };
  events: Event[];
  created: UpdateResult & { readBack: Event };
  invitation: { before: Event; answered: UpdateResult; readBack: Event };
  /** How long each part took, in milliseconds. */
  timingsMs: Record<string, number>;
}

const person = "alice@example.com";
const timeZone = "Europe/Berlin";
const query = "has:attachment newer_than:14d";

/**
 * Does with a sandbox what a program does with Google: signs in by the real authorization-code flow, reads mail and
 * events, creates an event and answers an invitation. Everything it writes is in a temporary folder, removed at the end.
 *
 * @param options.progress - is told what is going on; what it throws ends the demo
 */
export async function runDemo(options: { progress: (step: string) => void }): Promise<DemoFacts> {
  const folder = await temporaryFolder();
  const timings = stopwatch();
  let sandbox: GoogleSandbox | undefined;
  try {
    const config = configOf(folder);
    requirePackages(config);
    options.progress("starting a stand-in for Google on this machine");
    sandbox = await createGoogleSandbox({ seed: lifelikeWorld({ timeZone }) });
    timings.lap("sandbox");
    const client = await signIn(sandbox, config, options.progress);
    timings.lap("signIn");
    options.progress("reading mail");
    const mail = await readMail(client);
    timings.lap("email");
    options.progress("reading the week, creating an event, answering an invitation");
    const calendar = await useCalendar(client);
    timings.lap("calendar");
    return { integrations: getAvailableIntegrations(client.config), ...mail, ...calendar, timingsMs: timings.all() };
  } finally {
    await sandbox?.close();
    await rm(folder, { recursive: true, force: true });
  }
}

async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "maigic-demo-")).catch((cause: unknown) => {
    throw integrationError("config.invalid_file", {
      message: `No folder can be made in ${tmpdir()}, where temporary files belong.`,
      hint: "Set TMPDIR to a folder that exists and that you may write to.",
      details: { file: tmpdir() },
      cause,
    });
  });
}

/** Tells all that is missing at once, before anything is done. */
function requirePackages(config: IntegrationConfig): void {
  if (Object.values(getAvailableIntegrations(config)).every(({ available }) => available)) return;
  throw integrationError("config.missing_dependency", {
    message: "The demo uses every service, and packages that they need are not installed.",
    hint: "Run: npm install postal-mime htmlparser2 temporal-polyfill rrule-temporal",
  });
}

/** Settings that know nothing of the machine's own. */
function configOf(folder: string): IntegrationConfig {
  return IntegrationConfig.fromEnv(
    {
      credentialsDir: join(folder, "credentials"),
      configDir: join(folder, "config"),
      googleGmailEnabled: true,
      googleCalendarEnabled: true,
      environment: "development",
      credentialStorage: "file",
    },
    { env: {}, workingDir: folder },
  );
}

type DemoClient = ClientOptions & { config: IntegrationConfig };

/** Links both services to the sandbox's account, as a person would, with the sandbox playing browser and person. */
async function signIn(
  sandbox: GoogleSandbox,
  config: IntegrationConfig,
  progress: (step: string) => void,
): Promise<DemoClient> {
  const registry = getRegistry(config);
  const credentials = createCredentialManager(config, { endpoints: sandbox.url });
  const clientFile = join(config.configDir, "client_secret.json");
  await mkdir(config.configDir, { recursive: true });
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
  for (const service of registry.getAvailableProviders()) {
    progress(`signing in to ${registry.getProviderInfo(service).title}`);
    await credentials.storeCredentials(service, { credentialsPath: clientFile, userTimezone: timeZone });
    const redirectUri = "http://127.0.0.1:8976/callback";
    const { url } = await credentials.beginConsent(service, { userId: "default", access: "write", redirectUri });
    const callbackUrl = await sandbox.approve(url, { user: person });
    await credentials.completeConsent(callbackUrl, { userId: "default" });
  }
  return { config, registry, credentials, endpoints: sandbox.url };
}

async function readMail(client: DemoClient): Promise<Pick<DemoFacts, "account" | "recentEmails" | "search">> {
  await using email = createEmailClient("google_gmail", client);
  const account = await email.getAccountInfo();
  const recentEmails = await email.getRecentEmails({ count: 10 });
  const search = await email.searchEmails(query, { limit: 5 });
  return { account, recentEmails, search: { ...search, query } };
}

async function useCalendar(client: DemoClient): Promise<Pick<DemoFacts, "events" | "created" | "invitation">> {
  await using calendar = createCalendarClient("google_calendar", client);
  const week = timeRange.next({ days: 7, timeZone });
  const events = await calendar.getEvents(week, { timeZone });

  const created = await calendar.createMyEvent({
    title: "Coffee with Bob",
    start: "today+1 10:00",
    durationMinutes: 30,
    timeZone,
    description: "Created by the demo.",
    attendees: ["bob@example.com"],
  });
  const createdReadBack = await calendar.getEvent(created.event);

  const before = events.find((event) => event.myResponse === "needsAction");
  if (!before) throw integrationError("request.not_found", { message: "The demo's world holds no open invitation." });
  const answered = await calendar.respondToInvitation(before, { status: "accepted", comment: "See you there" });
  const answeredReadBack = await calendar.getEvent(before);

  return {
    events,
    created: { ...created, readBack: createdReadBack },
    invitation: { before, answered, readBack: answeredReadBack },
  };
}

function stopwatch(): { lap(name: string): void; all(): Record<string, number> } {
  const laps: Record<string, number> = {};
  const started = performance.now();
  let last = started;
  return {
    lap(name) {
      const now = performance.now();
      laps[name] = Math.round(now - last);
      last = now;
    },
    all: () => ({ ...laps, total: Math.round(performance.now() - started) }),
  };
}
