import { IntegrationConfig, isIntegrationError, type ConfigOverrides } from "maigic-integrations";
import { notes, notesCredentials } from "./notes-provider.js";

/** Does with a vault all that can be done. @returns how each step ended: `done`, `typed error`, or the failure that was none */
export async function walkVault(config: ConfigOverrides): Promise<Record<string, string>> {
  const credentials = notesCredentials(IntegrationConfig.fromEnv(config, { env: {} }));
  const walk: Record<string, () => Promise<unknown>> = {
    "store the default profile": () => credentials.storeCredentials(notes, { apiKey: "first" }),
    "store another": () => credentials.storeCredentials(notes, { apiKey: "second" }, "work"),
    "read the default profile": () => credentials.getCredentials(notes),
    "read the other": () => credentials.getCredentials(notes, "work"),
    list: () => credentials.listProfiles(),
    "replace the key": () => credentials.rotateKey(),
    "change the default profile": () => credentials.storeCredentials(notes, { userTimezone: "Europe/Berlin" }),
    forget: () => credentials.deleteCredentials(notes, "work"),
  };
  const steps: Record<string, string> = {};
  for (const [step, take] of Object.entries(walk)) {
    steps[step] = await take().then(
      () => "done",
      (error: unknown) => (isIntegrationError(error) ? "typed error" : String(error)),
    );
  }
  return steps;
}
