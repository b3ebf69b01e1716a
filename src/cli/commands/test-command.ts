import { integrationError } from "../../core/errors.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { listStatus } from "../../setup/status.js";
import { exitCodeOf, testProfiles } from "../../setup/test-profiles.js";
import type { SetupFlags } from "../definitions/setup.js";
import { interruptible } from "../terminal/interruption.js";
import { printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { testedView } from "../views/tested.js";
import { linesAsked } from "./asked-profiles.js";
import { placeOf } from "./credential-flags.js";

/**
 * `--test`: tries every service and profile out with real calls.
 *
 * @returns the exit code of the worst result, 0 when all is well
 */
export async function testCommand(given: IntegrationRegistry | undefined, flags: SetupFlags): Promise<number> {
  const registry = given ?? getRegistry();
  const where = placeOf(flags);
  const asked = linesAsked(registry, await listStatus(registry, where), flags);
  const lines = asked.filter(({ state }) => state !== "needs_setup" || flags.service !== undefined);
  if (lines.length === 0) {
    throw integrationError("config.profile_not_found", {
      message: "No service is set up yet, so there is nothing to test.",
      hint: "Run npx maigic-integrations-setup.",
    });
  }
  const tested = await interruptible((signal) => testProfiles(registry, lines, { ...where, signal }));
  const exitCode = exitCodeOf(tested);
  if (flags.json) printJson({ credentialsDir: registry.config.credentialsDir, ok: exitCode === 0, results: tested });
  else printView(testedView(tested));
  return exitCode;
}
