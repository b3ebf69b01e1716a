import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { getRegistry } from "maigic-integrations";
import type { SandboxSeed } from "maigic-integrations/sandbox";
import { createTools, type AssistantTools, type ToolOptions } from "maigic-integrations/tools";
import { openWorld, type World, type WorldOptions } from "./world.js";

/** A world in which somebody has given an assistant tools. */
export interface ToolsWorld extends World {
  /** The folder that files are saved into and sent from. */
  readonly attachmentsDir: string;
  openTools(options?: ToolOptions): Promise<AssistantTools>;
}

/** Who signs in as which profile, and what the policy says of each. */
export interface ToolsWorldOptions extends WorldOptions {
  readonly profiles: Readonly<Record<string, string>>;
  readonly grants: Readonly<Record<string, object>>;
}

/** Opens one, with its policy written. */
export async function openToolsWorld(
  seed: SandboxSeed,
  { grants, ...options }: ToolsWorldOptions,
): Promise<ToolsWorld> {
  const { clock } = options;
  const world = await openWorld(seed, "", { access: "full", ...options });
  const { sandbox, config, folder } = world;
  const attachmentsDir = join(folder, "files");
  await mkdir(attachmentsDir, { mode: 0o700 });
  await mkdir(config.configDir, { recursive: true, mode: 0o700 });
  const policy = JSON.stringify({ attachments: attachmentsDir, profiles: grants }); // JSON is YAML
  await writeFile(join(config.configDir, "policy.yaml"), policy, { mode: 0o600 });
  const usual = { registry: getRegistry(config), endpoints: sandbox.url, ...(clock && { clock }) };
  return { ...world, attachmentsDir, openTools: (more = {}) => createTools({ ...usual, ...more }) };
}
