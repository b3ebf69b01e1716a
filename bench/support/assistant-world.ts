import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCredentialManager, IntegrationConfig } from "maigic-integrations";
import { createGoogleSandbox } from "maigic-integrations/sandbox";

/** What an assistant's server is started in. */
export interface AssistantWorld extends AsyncDisposable {
  readonly env: NodeJS.ProcessEnv;
}

const people = { work: "alice@example.com", personal: "anna@home.example" } as const;
const everything = "{ allow: [write, send, delete], others: confirm, domains: [example.com] }";

/** Two profiles with mail and calendar each, and a policy that permits everything. */
export async function openAssistantWorld(): Promise<AssistantWorld> {
  const sandbox = await createGoogleSandbox({ seed: { users: Object.values(people).map((email) => ({ email })) } });
  const folder = await mkdtemp(join(tmpdir(), "maigic-bench-"));
  const folders = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
  const enabled = { googleGmailEnabled: true, googleCalendarEnabled: true };
  const config = IntegrationConfig.fromEnv({ ...folders, ...enabled }, { env: {}, workingDir: folder });
  const credentials = createCredentialManager(config, { endpoints: sandbox.url });
  const clientFile = join(folder, "client.json");
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
  for (const [userId, user] of Object.entries(people)) {
    for (const service of ["google_gmail", "google_calendar"]) {
      const redirectUri = "http://127.0.0.1:8976/callback";
      const { url } = await credentials.beginConsent(service, { userId, access: "full", redirectUri, clientFile });
      await credentials.completeConsent(await sandbox.approve(url, { user }), { userId });
    }
  }
  await mkdir(join(folder, "files"), { mode: 0o700 });
  const policy = `attachments: ${join(folder, "files")}\nprofiles:\n  work: ${everything}\n  personal: ${everything}\n`;
  await writeFile(join(folders.configDir, "policy.yaml"), policy, { mode: 0o600 });
  return {
    env: {
      PATH: process.env["PATH"],
      MAIGIC_CREDENTIALS_DIR: folders.credentialsDir,
      MAIGIC_CONFIG_DIR: folders.configDir,
      GOOGLE_GMAIL_ENABLED: "true",
      GOOGLE_CALENDAR_ENABLED: "true",
    },
    async [Symbol.asyncDispose]() {
      await sandbox.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
