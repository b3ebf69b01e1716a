import { lstatSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { requireOwnFolder } from "./own-files.js";
import { answeredIdOf, planFolder, planIdOf, readPlanFile, removePlansFile } from "./plan-file.js";

/** How a write begins that was cut off. */
const unfinished = /^\.[0-9a-f]{16}\.tmp$/;

/**
 * Removes what sessions left behind that were killed: plans whose time is over with the answers to them, and files of
 * ours that are no plan and older than one can be. Other sessions' plans stay, and so do files of any other name.
 */
export function removeLeftovers(configDir: string, now: number, lifeMs: number): void {
  // An answer comes before its plan, which says whether both are over.
  for (const name of namesIn(planFolder(configDir)).sort()) {
    if (isOver(configDir, name, now, lifeMs)) removePlansFile(configDir, name);
  }
}

/** The names in a folder of ours; in one that may be somebody else's there is nothing to tidy. */
function namesIn(folder: string): string[] {
  try {
    return requireOwnFolder(folder) ? readdirSync(folder) : [];
  } catch {
    return [];
  }
}

function isOver(configDir: string, name: string, now: number, lifeMs: number): boolean {
  const id = planIdOf(name) ?? answeredIdOf(name);
  if (id === undefined && !unfinished.test(name)) return false;
  const expiresAt = id === undefined ? undefined : endOfPlan(configDir, id);
  if (expiresAt !== undefined) return expiresAt <= now;
  const facts = lstatSync(join(planFolder(configDir), name), { throwIfNoEntry: false });
  return facts !== undefined && !facts.isDirectory() && now - facts.mtimeMs > lifeMs;
}

function endOfPlan(configDir: string, id: string): number | undefined {
  try {
    return readPlanFile(configDir, id)?.plan.expiresAt;
  } catch {
    return undefined; // it is no plan, whatever it is
  }
}
