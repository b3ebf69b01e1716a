/** How a test of your own talks to a stand-in for Google instead of to Google. */
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createCredentialManager, IntegrationConfig, type ClientOptions } from "maigic-integrations";
import { createGoogleSandbox, lifelikeWorld, type GoogleSandbox } from "maigic-integrations/sandbox";

/** A running sandbox and the options with which clients use it, signed in as alice@example.com. */
export async function signedInSandbox(): Promise<{
  sandbox: GoogleSandbox;
  options: ClientOptions;
  close: () => Promise<void>;
}> {
  const sandbox = await createGoogleSandbox({ seed: lifelikeWorld() });
  const folder = await mkdtemp(join(tmpdir(), "sandbox-"));
  const config = IntegrationConfig.fromEnv({
    credentialsDir: join(folder, "credentials"),
    configDir: join(folder, "config"),
    googleGmailEnabled: true,
    googleCalendarEnabled: true,
  });
  const credentials = createCredentialManager(config, { endpoints: sandbox.url });
  const clientFile = join(folder, "client.json");
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
  for (const service of ["google_gmail", "google_calendar"]) {
    const redirectUri = "http://127.0.0.1:8976/callback";
    const { url } = await credentials.beginConsent(service, { userId: "default", redirectUri, clientFile });
    const callback = await sandbox.approve(url, { user: "alice@example.com" });
    await credentials.completeConsent(callback, { userId: "default" });
  }
  const close = async (): Promise<void> => {
    await sandbox.close();
    await rm(folder, { recursive: true });
  };
  return { sandbox, options: { config, credentials, endpoints: sandbox.url }, close };
}
