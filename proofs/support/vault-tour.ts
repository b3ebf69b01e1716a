import { IntegrationConfig, isIntegrationError, type ConfigOverrides } from "maigic-integrations";
import { notes, notesCredentials } from "./notes-provider.js";

/** What somebody did with a vault. */
export interface TourReport {
  /** How each step ended: `done`, `typed error`, or the failure that was none. */
  readonly steps: Readonly<Record<string, string>>;
  /** What the program was warned of. */
  readonly warnings: readonly string[];
}

// A program that uses all of a vault, under a umask that forbids nothing.
process.once("message", (config: ConfigOverrides) => {
  process.umask(0);
  const warnings: string[] = [];
  process.on("warning", ({ message }) => warnings.push(message));
  void tour(config).then(
    (steps) => setImmediate(() => process.send?.({ steps, warnings } satisfies TourReport)), // warnings come in between
  );
});
process.once("disconnect", () => process.exit());

async function tour(config: ConfigOverrides): Promise<TourReport["steps"]> {
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
