// Run by scripts/check-package.js in a project where one optional package, the argument, is not installed: the services
// that need it say so with the command that mends it, and the others read from the sandbox.
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import {
  createCalendarClient,
  createCredentialManager,
  createEmailClient,
  getRegistry,
  IntegrationConfig,
  isIntegrationError,
  timeRange,
} from "maigic-integrations";

const missing = process.argv[2];
const user = "alice@example.com";
const inHours = (hours) => ({ dateTime: new Date(Date.now() + hours * 3_600_000).toISOString() });
const seed = {
  users: [
    {
      email: user,
      messages: [{ from: "bob@example.com", to: user, subject: "Hello", html: "<p>Hello</p>" }],
      calendars: [{ events: [{ summary: "Lunch", start: inHours(24), end: inHours(25) }] }],
    },
  ],
};
const folder = await mkdtemp(join(tmpdir(), "maigic-services-"));
const config = IntegrationConfig.fromEnv({
  credentialsDir: join(folder, "credentials"),
  configDir: join(folder, "config"),
  googleGmailEnabled: true,
  googleCalendarEnabled: true,
});
const reading = {
  google_gmail: async (options) =>
    (await createEmailClient("google_gmail", options).getRecentEmails({ count: 3, includeBody: true })).length,
  google_calendar: async (options) =>
    (await createCalendarClient("google_calendar", options).getEvents(timeRange.next({ days: 7 }))).length,
};

try {
  const outcomes = [];
  for (const service of Object.keys(reading)) outcomes.push(await outcome(service));
  process.stdout.write(outcomes.join("; "));
} finally {
  await rm(folder, { recursive: true });
}

async function outcome(service) {
  const { packages } = getRegistry(config).getProvider(service);
  if (packages.includes(missing)) return refusal(service);
  return `${service} reads ${await read(service)} items`;
}

function refusal(service) {
  const create = service === "google_gmail" ? createEmailClient : createCalendarClient;
  try {
    create(service, { config });
  } catch (error) {
    const command = /npm install (.+)/.exec(error.hint)?.[1]?.split(" ") ?? [];
    if (isIntegrationError(error, "config.missing_dependency") && command.includes(missing)) {
      return `${service} says ${error.code}`;
    }
    throw error;
  }
  throw new Error(`${service} needs ${missing}, which is not installed, but does not say so`);
}

async function read(service) {
  const { createGoogleSandbox } = await import("maigic-integrations/sandbox");
  const sandbox = await createGoogleSandbox({ seed });
  try {
    const clientFile = join(folder, "client.json");
    await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
    const options = { config, endpoints: sandbox.url };
    const manager = createCredentialManager(config, { endpoints: sandbox.url });
    const redirectUri = "http://127.0.0.1:8976/callback";
    const { url } = await manager.beginConsent(service, { userId: "default", redirectUri, clientFile });
    await manager.completeConsent(await sandbox.approve(url, { user }), { userId: "default" });
    const found = await reading[service](options);
    if (found === 0) throw new Error(`${service} found nothing`);
    return found;
  } finally {
    await sandbox.close();
  }
}
