import { integrationError } from "../../core/errors.js";
import { table } from "../../core/text-table.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { listStatus } from "../../setup/status.js";
import { exitCodeOf, testProfiles, type TestedLine } from "../../setup/test-profiles.js";
import type { SetupFlags } from "../definitions/setup.js";
import { interruptible } from "../terminal/interruption.js";
import { print, printJson } from "../terminal/print.js";
import { linesAsked } from "./asked-profiles.js";

/**
 * `--test`: tries every service and profile out with real calls.
 *
 * @returns the exit code of the worst result, 0 when all is well
 */
export async function testCommand(given: IntegrationRegistry | undefined, flags: SetupFlags): Promise<number> {
  const registry = given ?? getRegistry();
  const where = typeof flags.sandbox === "string" ? { endpoints: flags.sandbox } : {};
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
  else printResults(tested);
  return exitCode;
}

function printResults(tested: readonly TestedLine[]): void {
  const rows = tested.flatMap(({ service, profile, account = "-", checks }) =>
    checks.map(({ title, ok, ms }) => [service, profile, account, title, ok ? "ok" : "failed", `${ms} ms`]),
  );
  print(table(["SERVICE", "PROFILE", "ACCOUNT", "WHAT", "RESULT", "TIME"], rows));
  for (const { service, profile, checks } of tested) {
    for (const { title, error } of checks) {
      if (error) print(`\n${service}, profile "${profile}", ${title}: ${error.message}\n  Next: ${error.hint}`);
    }
  }
  if (exitCodeOf(tested) === 0) print("\nAll is well.");
}
