import { isRemoteSession } from "../../config.js";
import { setupCommand as commandFor } from "../../credentials/names.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import type { SetupResult } from "../../setup/setup-options.js";
import { runSetup } from "../../setup/wizard.js";
import type { SetupFlags } from "../definitions/setup.js";
import { interruptible } from "../terminal/interruption.js";
import { print, printJson } from "../terminal/print.js";
import { stopped } from "../terminal/stopped.js";
import { terminalPrompter } from "../terminal/terminal-prompter.js";
import { listCommand } from "./list-command.js";
import { portOf, requireConsistent } from "./setup-flags.js";

export { listCommand };

/**
 * The setup: lists, tests, removes or sets up, as its flags say.
 *
 * @returns the exit code
 */
export async function setupCommand(given: IntegrationRegistry | undefined, flags: SetupFlags): Promise<number> {
  requireConsistent(flags);
  portOf(flags);
  if (flags.list) await listCommand(given, flags);
  else await runCommand(given, flags);
  return 0;
}

/** Sets services up, asking for what the flags leave open. */
async function runCommand(given: IntegrationRegistry | undefined, flags: SetupFlags): Promise<void> {
  const registry = given ?? getRegistry();
  const run = async (signal: AbortSignal): Promise<SetupResult> => {
    const prompter = terminalPrompter({ quiet: flags.json === true, signal });
    const pasted =
      flags.paste === "-" ? await prompter.ask("The pasted address", { flag: "--paste", piped: true }) : flags.paste;
    return runSetup({
      registry,
      signal,
      prompter,
      way: flags.paste === true ? "paste" : "loopback",
      openBrowser: flags.browser && !isRemoteSession(),
      together: flags.together === true,
      ...(typeof pasted === "string" && { pasted }),
      ...(flags.service && { services: flags.service }),
      ...(flags.profile !== undefined && { userId: flags.profile }),
      ...(flags.access && { access: flags.access }),
      ...(flags.credentials !== undefined && { clientFile: flags.credentials }),
      ...(flags.serviceAccount !== undefined && {
        serviceAccount: { keyFile: flags.serviceAccount, subject: flags.subject },
      }),
      ...(typeof flags.sandbox === "string" && { sandbox: flags.sandbox }),
    });
  };
  const result = await interruptible(run, stopped);
  if (flags.json) {
    printJson(result);
    return;
  }
  for (const { service, userId, account, access, enabled, enableVariable, state } of result.connected) {
    print(
      `${service}, profile "${userId}": ${state.replaceAll("_", " ")} as ${account ?? "unknown account"} (${access ?? "write"})`,
    );
    if (!enabled && enableVariable !== undefined) print(`  Switch it on: add ${enableVariable}=true to .env`);
    if (state !== "ready") print(`  Next: ${commandFor(service, userId)}`);
  }
  const sandbox = typeof flags.sandbox === "string" ? ` --sandbox ${flags.sandbox}` : "";
  print(`\nCheck any time: npx maigic-integrations-setup --list${sandbox}`);
}
