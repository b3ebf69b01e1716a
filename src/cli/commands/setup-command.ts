import { isRemoteSession } from "../../config.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { integrationError } from "../../core/errors.js";
import { requireUserId, setupCommand as commandFor } from "../../credentials/names.js";
import { listStatus, type StatusLine } from "../../setup/status.js";
import { runSetup, type SetupResult } from "../../setup/wizard.js";
import type { SetupFlags } from "../definitions/setup.js";
import { table } from "../../core/text-table.js";
import { interruptible } from "../terminal/interruption.js";
import { print, printJson } from "../terminal/print.js";
import { stopped, terminalPrompter } from "../terminal/terminal-prompter.js";

/** `--list`: one line per service and profile. */
export async function listCommand(
  given: IntegrationRegistry | undefined,
  flags: Pick<SetupFlags, "json" | "sandbox" | "service" | "profile">,
): Promise<void> {
  const registry = given ?? getRegistry();
  if (flags.profile !== undefined) requireUserId(flags.profile);
  const services = flags.service?.map((name) => registry.getProvider(name).getName());
  const all = await listStatus(registry, flags.sandbox === undefined ? {} : { endpoints: flags.sandbox });
  const lines = all.filter(
    (line) =>
      (services?.includes(line.service) ?? true) && (flags.profile === undefined || line.profile === flags.profile),
  );
  if (flags.profile !== undefined && lines.length === 0) {
    throw integrationError("config.profile_not_found", {
      message: `There is no profile "${flags.profile}"${services ? ` of ${services.join(" or ")}` : ""}.`,
      hint: "Leave --profile out to see every profile there is.",
      profile: flags.profile,
    });
  }
  const { credentialsDir } = registry.config;
  if (flags.json) {
    printJson({ credentialsDir, integrations: lines });
    return;
  }
  print(`Credentials: ${credentialsDir}\n`);
  print(
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
  const problems = lines.filter((line) => line.problem && (line.state !== "needs_setup" || line.misset));
  for (const line of problems) print(`\n${describe(line)}`);
}

/** Sets services up, asking for what the flags leave open. */
export async function setupCommand(given: IntegrationRegistry | undefined, flags: SetupFlags): Promise<void> {
  const registry = given ?? getRegistry();
  const run = async (signal: AbortSignal): Promise<SetupResult> => {
    const prompter = terminalPrompter({ quiet: flags.json === true, signal });
    const pasted = flags.paste === "-" ? await prompter.ask("The pasted address") : flags.paste;
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
      ...(flags.sandbox !== undefined && { sandbox: flags.sandbox }),
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
  const sandbox = flags.sandbox === undefined ? "" : ` --sandbox ${flags.sandbox}`;
  print(`\nCheck any time: npx maigic-integrations-setup --list${sandbox}`);
}

function describe(line: StatusLine): string {
  return `${line.service}, profile "${line.profile}": ${line.problem ?? line.state}`;
}
