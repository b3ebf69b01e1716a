import { IntegrationConfig, type ConfigOverrides } from "maigic-integrations";
import { notesCredentials } from "./notes-provider.js";

/** What it says when it begins, and then each time that the vault has its new key. */
export type RotatorMessage = "begun" | Rotated;

interface Rotated {
  readonly keyId: string;
  readonly unreadable: number;
}

// It waits for its order, so that whoever kills it need not wait for a process to start.
process.once("message", (config: ConfigOverrides) => void rotate(config));
process.once("disconnect", () => process.exit());

/** Gives the vault one new key after the other. */
async function rotate(config: ConfigOverrides): Promise<void> {
  const credentials = notesCredentials(IntegrationConfig.fromEnv(config, { env: {} }));
  process.send?.("begun" satisfies RotatorMessage);
  for (;;) {
    const { keyId, unreadable } = await credentials.rotateKey();
    process.send?.({ keyId, unreadable: unreadable.length } satisfies RotatorMessage);
  }
}
