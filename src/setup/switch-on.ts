import { basename, join } from "node:path";
import { isIntegrationError } from "../core/errors.js";
import { planEnvChange, shownChange, writeEnvChange, type EnvChange } from "./env-file.js";
import type { ConnectedService, SettingsChange, SetupRun } from "./setup-options.js";

/** Writes what switches services on to `.env`, after showing it; where nobody may be asked it is only told. */
export async function switchOn(run: SetupRun, connected: readonly ConnectedService[]): Promise<SettingsChange[]> {
  const changes: SettingsChange[] = [];
  for (const [file, variables] of byFile(run, connected)) {
    const change = await plan(run, file, variables);
    if (change) changes.push({ file, variables, written: await write(run, change, variables) });
  }
  return changes;
}

/** Which variables are missing, by the file that they belong to. What wins over all files is told instead. */
function byFile(run: SetupRun, connected: readonly ConnectedService[]): Map<string, string[]> {
  const { config } = run.registry;
  const files = new Map<string, string[]>();
  for (const { enabled, enableVariable, title } of connected) {
    if (enabled || enableVariable === undefined) continue;
    const set = config.whereEnabled(enableVariable);
    if (set === "environment" || set === "program") {
      const where = set === "environment" ? "The environment" : "The program";
      run.prompter.say(
        `${where} sets ${enableVariable} to false, which no .env changes: set it to true to use ${title}.`,
      );
      continue;
    }
    const file = set?.file ?? join(config.workingDir, ".env");
    const variables = files.get(file) ?? [];
    files.set(file, variables.includes(enableVariable) ? variables : [...variables, enableVariable]);
  }
  return files;
}

async function plan(
  { prompter }: SetupRun,
  file: string,
  variables: readonly string[],
): Promise<EnvChange | undefined> {
  try {
    return await planEnvChange(file, variables);
  } catch (error) {
    if (!isIntegrationError(error)) throw error;
    prompter.say(`${error.message} ${error.hint}`); // the services are connected: that is no reason to fail
    return undefined;
  }
}

/** @returns whether it was written */
async function write(run: SetupRun, change: EnvChange, variables: readonly string[]): Promise<boolean> {
  const { prompter, yes = false, rehearsal = false } = run;
  prompter.say(`\n${shownChange(change)}`);
  const name = basename(change.file);
  if (rehearsal) {
    prompter.say(`In earnest this would be written to ${name}; a rehearsal leaves it as it is.`);
    return false;
  }
  if (!yes && !prompter.interactive) {
    prompter.say(
      `Add ${variables.map((variable) => `${variable}=true`).join(" and ")} to ${name}, or run it with --yes.`,
    );
    return false;
  }
  if (!yes && !(await prompter.confirm(`Write this to ${name}?`, { initial: true, flag: "--yes" }))) return false;
  await writeEnvChange(change);
  return true;
}
