import { isRemoteSession } from "../../config.js";
import { setupCommand as commandFor } from "../../credentials/names.js";
import { isIntegrationError } from "../../core/errors.js";
import { given } from "../../core/given.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { firstCommand } from "../../setup/next-step.js";
import type { Prompter } from "../../setup/prompter.js";
import type { ConnectedService, SetupOptions, SetupResult } from "../../setup/setup-options.js";
import { exitCodeOf } from "../../setup/test-profiles.js";
import { runSetup } from "../../setup/wizard.js";
import type { SetupFlags } from "../definitions/setup.js";
import { print, printJson } from "../terminal/print.js";
import { stopped } from "../terminal/stopped.js";
import { portOf } from "./setup-flags.js";

interface Surroundings {
  readonly registry: IntegrationRegistry | undefined;
  readonly prompter: Prompter;
  readonly signal: AbortSignal;
}

/**
 * Sets services up, asking for what the flags leave open.
 *
 * @returns the exit code: 0, or that of the worst test
 */
export async function runCommand(around: Surroundings, flags: SetupFlags): Promise<number> {
  const result = flags.sandbox === true ? await rehearse(around, flags) : await run(around, flags);
  if (flags.json) printJson(result);
  else printSummary(result, flags);
  return exitCodeOf(result.connected);
}

async function run({ registry, prompter, signal }: Surroundings, flags: SetupFlags): Promise<SetupResult> {
  return runSetup({ ...(await optionsOf(flags, prompter)), registry: registry ?? getRegistry(), prompter, signal });
}

/** The whole setup at a sandbox of its own; nothing of it is left. */
async function rehearse({ prompter, signal }: Surroundings, flags: SetupFlags): Promise<SetupResult> {
  const { openRehearsal } = await import("./rehearsal.js");
  const rehearsal = await openRehearsal();
  const { registry, sandbox, downloadsDir, clientFile, folder } = rehearsal;
  try {
    prompter.say(
      `This is a rehearsal: a sandbox on ${sandbox} stands in for the service, and nothing of yours is changed.`,
    );
    return await runSetup({
      ...(await optionsOf(flags, prompter)),
      ...{ registry, prompter, signal, sandbox, downloadsDir, rehearsal: true },
      ...(!prompter.interactive && { clientFile }),
    });
  } catch (error) {
    if (isIntegrationError(error) && error.details?.["stopped"] === true)
      throw stopped("It can be begun anew any time.");
    throw error;
  } finally {
    await rehearsal[Symbol.asyncDispose]();
    prompter.say(`The rehearsal is over: the sandbox was stopped, and ${folder} with all that was stored was removed.`);
  }
}

async function optionsOf(
  flags: SetupFlags,
  prompter: Prompter,
): Promise<Omit<SetupOptions, "registry" | "prompter" | "signal">> {
  const port = portOf(flags);
  const pasted =
    flags.paste === "-" ? await prompter.ask("The pasted address", { flag: "--paste", piped: true }) : flags.paste;
  return {
    way: flags.paste === true ? "paste" : "loopback",
    openBrowser: flags.browser && !isRemoteSession(),
    together: flags.together === true,
    all: flags.all === true,
    yes: flags.yes === true,
    ...given({ services: flags.service, userId: flags.profile, clientFile: flags.credentials, port }),
    ...given({ access: flags.access, account: flags.account, timezone: flags.timezone }),
    ...(typeof pasted === "string" && { pasted }),
    ...(typeof flags.sandbox === "string" && { sandbox: flags.sandbox }),
    ...(flags.serviceAccount !== undefined && {
      serviceAccount: { keyFile: flags.serviceAccount, subject: flags.subject },
    }),
  };
}

function printSummary({ connected, settings }: SetupResult, { sandbox }: SetupFlags): void {
  for (const each of connected) printService(each, settings);
  if (sandbox === true) {
    print("\nIn earnest: npx maigic-integrations-setup");
    return;
  }
  const at = sandbox === undefined ? "" : ` --sandbox ${sandbox}`;
  const usable = connected.find(
    (each) => each.state === "ready" && each.checks.every(({ ok }) => ok) && isSwitchedOn(each, settings),
  );
  const command = usable && firstCommand(usable);
  if (command !== undefined) print(`\nTry it: ${command}${at}`);
  print(`${command === undefined ? "\n" : ""}Check any time: npx maigic-integrations-setup --list${at}`);
}

function isSwitchedOn({ enabled, enableVariable = "" }: ConnectedService, settings: SetupResult["settings"]): boolean {
  return enabled || settings.some(({ written, variables }) => written && variables.includes(enableVariable));
}

function printService(
  { service, userId, account, access, enabled, enableVariable, state, checks }: ConnectedService,
  settings: SetupResult["settings"],
): void {
  print(
    `${service}, profile "${userId}": ${state.replaceAll("_", " ")} as ${account ?? "unknown account"} (${access ?? "write"})`,
  );
  for (const { title, error } of checks) if (error) print(`  ${title}: ${error.message}\n  Next: ${error.hint}`);
  const change = settings.find(({ variables }) => enableVariable !== undefined && variables.includes(enableVariable));
  if (change?.written) print(`  Switched on: ${enableVariable ?? ""}=true is in ${change.file} now.`);
  else if (!enabled && enableVariable !== undefined) print(`  Switch it on: add ${enableVariable}=true to .env`);
  if (state !== "ready") print(`  Next: ${commandFor(service, userId)}`);
}
