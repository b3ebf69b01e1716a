import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { listStatus } from "../../setup/status.js";
import type { SetupFlags } from "../definitions/setup.js";
import { printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { statusView } from "../views/status.js";
import { linesAsked } from "./asked-profiles.js";
import { placeOf } from "./credential-flags.js";

/** `--list`: one line per service and profile. */
export async function listCommand(
  given: IntegrationRegistry | undefined,
  flags: Pick<SetupFlags, "json" | "sandbox" | "service" | "profile">,
): Promise<void> {
  const registry = given ?? getRegistry();
  const lines = linesAsked(registry, await listStatus(registry, placeOf(flags)), flags);
  const { credentialsDir } = registry.config;
  if (flags.json) {
    printJson({ credentialsDir, integrations: lines });
    return;
  }
  printView(statusView(credentialsDir, lines));
}
