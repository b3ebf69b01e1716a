import { getRegistry } from "../integrations.js";
import type { IntegrationRegistry } from "../registry.js";
import { setupCommand as commandFor } from "../credentials/names.js";
import { listStatus, type StatusLine } from "../setup/status.js";
import { runSetup } from "../setup/wizard.js";
import type { SetupFlags } from "./main.js";
import { table } from "../core/text-table.js";
import { terminalPrompter } from "./terminal-prompter.js";

/** `--list`: one line per service and profile. */
export async function listCommand(given: IntegrationRegistry | undefined, flags: { json?: boolean }): Promise<void> {
  const registry = given ?? getRegistry();
  const lines = await listStatus(registry);
  const { credentialsDir } = registry.config;
  if (flags.json) {
    console.log(JSON.stringify({ credentialsDir, integrations: lines }, undefined, 2));
    return;
  }
  console.log(`Credentials: ${credentialsDir}\n`);
  console.log(
    table(
      ["SERVICE", "PROFILE", "STATE", "ENABLED", "ACCOUNT", "NEXT"],
      lines.map((line) => [
        line.service,
        line.profile,
        line.state.replaceAll("_", " "),
        line.enabled ? "yes" : "no",
        line.account ?? "-",
        line.next ?? "-",
      ]),
    ),
  );
  const problems = lines.filter((line) => line.problem !== undefined && line.state !== "needs_setup");
  for (const line of problems) console.log(`\n${describe(line)}`);
}

/** Sets services up, asking for what the flags leave open. */
export async function setupCommand(given: IntegrationRegistry | undefined, flags: SetupFlags): Promise<void> {
  const registry = given ?? getRegistry();
  const result = await runSetup({
    registry,
    prompter: terminalPrompter({ quiet: flags.json === true }),
    way: flags.paste ? "paste" : "loopback",
    openBrowser: flags.browser,
    ...(flags.service && { services: flags.service }),
    ...(flags.profile !== undefined && { userId: flags.profile }),
    ...(flags.access && { access: flags.access }),
    ...(flags.credentials !== undefined && { clientFile: flags.credentials }),
    ...(flags.sandbox !== undefined && { sandbox: flags.sandbox }),
  });
  if (flags.json) {
    console.log(JSON.stringify(result, undefined, 2));
    return;
  }
  for (const { service, userId, account, access, enabled, enableVariable, state } of result.connected) {
    console.log(
      `${service}, profile "${userId}": ${state.replaceAll("_", " ")} as ${account ?? "unknown account"} (${access ?? "write"})`,
    );
    if (!enabled && enableVariable !== undefined) console.log(`  Switch it on: add ${enableVariable}=true to .env`);
    if (state !== "ready") console.log(`  Next: ${commandFor(service, userId)}`);
  }
  console.log("\nCheck any time: npx maigic-integrations-setup --list");
}

function describe(line: StatusLine): string {
  return `${line.service}, profile "${line.profile}": ${line.problem ?? line.state}`;
}
