import { table } from "../../core/text-table.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { listStatus, type StatusLine } from "../../setup/status.js";
import type { SetupFlags } from "../definitions/setup.js";
import { print, printJson } from "../terminal/print.js";
import { linesAsked } from "./asked-profiles.js";

/** `--list`: one line per service and profile. */
export async function listCommand(
  given: IntegrationRegistry | undefined,
  flags: Pick<SetupFlags, "json" | "sandbox" | "service" | "profile">,
): Promise<void> {
  const registry = given ?? getRegistry();
  const { sandbox } = flags;
  const all = await listStatus(registry, typeof sandbox === "string" ? { endpoints: sandbox } : {});
  const lines = linesAsked(registry, all, flags);
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

function describe(line: StatusLine): string {
  return `${line.service}, profile "${line.profile}": ${line.problem ?? line.state}`;
}
