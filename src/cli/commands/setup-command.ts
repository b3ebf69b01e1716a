import type { IntegrationRegistry } from "../../registry.js";
import type { Prompter } from "../../setup/prompter.js";
import type { SetupFlags } from "../definitions/setup.js";
import { interruptible } from "../terminal/interruption.js";
import { stopped } from "../terminal/stopped.js";
import { terminalPrompter } from "../terminal/terminal-prompter.js";
import { listCommand } from "./list-command.js";
import { removeCommand } from "./remove-command.js";
import { requireConsistent } from "./setup-flags.js";
import { runCommand } from "./setup-run.js";
import { testCommand } from "./test-command.js";

/** What a program that runs the setup may bring itself. */
export interface SetupSurroundings {
  readonly registry?: IntegrationRegistry | undefined;
  /** Default: the terminal. */
  readonly prompter?: Prompter | undefined;
}

/**
 * The setup: lists, tests, removes or sets up, as its flags say.
 *
 * @returns the exit code
 */
export async function setupCommand({ registry, prompter }: SetupSurroundings, flags: SetupFlags): Promise<number> {
  requireConsistent(flags);
  if (flags.list) {
    await listCommand(registry, flags);
    return 0;
  }
  if (flags.test) return testCommand(registry, flags);
  const quiet = flags.json === true;
  return interruptible(
    (signal) => {
      const talk = prompter ?? terminalPrompter({ quiet, signal });
      if (flags.remove) return removeCommand(registry, flags, talk).then(() => 0);
      return runCommand({ registry, prompter: talk, signal }, flags);
    },
    () => stopped(),
  );
}
