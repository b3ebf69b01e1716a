import type { Command } from "commander";
import type { IntegrationRegistry } from "../registry.js";
import type { Prompter } from "../setup/prompter.js";
import type { ProgramContext } from "./definitions/command.js";
import { failed } from "./report-error.js";
import { printJson } from "./terminal/print.js";
import { packageVersion } from "./version.js";

/** How the command line is run by another program. */
export interface CliOptions {
  /** Default: the registry of the process's own configuration. */
  readonly registry?: IntegrationRegistry;
  /** What asks the setup's questions, and whether something is to be sent or deleted. Default: the terminal. */
  readonly prompter?: Prompter;
  /** The name in help texts; under the setup's own name its options need no subcommand. */
  readonly program?: "maigic-integrations" | "maigic-integrations-setup";
}

const success = 0;
const usageError = 2;
const versionFlags: ReadonlySet<string> = new Set(["--version", "-V"]);

/**
 * Runs one command line. Results go to standard output; progress, questions and errors to standard error.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code: 0, 1 for bad news of a doctor, an outcome that is not known and a question answered with no, 2
 * for a wrong command line, 129, 130 or 143 when it was stopped, else the error table's
 */
export async function runCli(
  argv: readonly string[],
  { registry, prompter, program: name }: CliOptions = {},
): Promise<number> {
  if (argv.length === 1 && versionFlags.has(argv[0] ?? "")) {
    process.stdout.write(`${packageVersion()}\n`); // before any command is made
    return success;
  }
  const isSetup = name === "maigic-integrations-setup";
  if (argv.length === 1 && argv[0] === "mcp" && !isSetup) return mcpAsItIs(registry); // likewise
  let code = success;
  const context: ProgramContext = { registry, prompter, endWith: (exitCode) => void (code = exitCode) };
  const [{ CommanderError }, program] = await Promise.all([
    import("commander"),
    !isSetup && argv[0] === "mcp" ? mcpAlone(context) : wholeProgram(context, isSetup),
  ]);
  try {
    if (argv[0] === "help") requireCommand(program, argv.slice(1));
    await program.parseAsync(withHelpLast(argv), { from: "user" });
    return code;
  } catch (error) {
    const json = flagsOf(argv).includes("--json");
    if (!(error instanceof CommanderError)) return failed(error, json);
    if (error.exitCode === 0) return success;
    if (json) printJson({ error: usageErrorOf(error.message) });
    return usageError;
  }
}

async function wholeProgram(context: ProgramContext, isSetup: boolean): Promise<Command> {
  const { mainProgram, setupProgram } = await import("./definitions/program.js");
  return isSetup ? setupProgram(context) : mainProgram(context);
}

/** What most clients start, and wait for: without flags there is nothing to parse. */
async function mcpAsItIs(registry: IntegrationRegistry | undefined): Promise<number> {
  const { mcp } = await import("./commands/mcp-command.js");
  return mcp(registry, {}).then(
    () => success,
    (error: unknown) => failed(error, false),
  );
}

/** With flags: no other command is made beside it. */
async function mcpAlone(context: ProgramContext): Promise<Command> {
  const [{ command }, { mcpCommand }] = await Promise.all([
    import("./definitions/command.js"),
    import("./definitions/mcp.js"),
  ]);
  return command("maigic-integrations").addCommand(mcpCommand(context));
}

/** A wrong command line as data: what is wrong without commander's own "error: " before it. */
function usageErrorOf(message: string): { name: string; message: string; hint: string } {
  return {
    name: "UsageError",
    message: message.replace(/^error: /, ""),
    hint: "Run the command with --help to see what is possible.",
  };
}

/** `help email search` is `email search --help`. */
function withHelpLast(argv: readonly string[]): string[] {
  return argv[0] === "help" ? [...argv.slice(1), "--help"] : [...argv];
}

/** @throws CommanderError when help is asked for a command that there is not: its group's help would be no answer */
function requireCommand(program: Command, words: readonly string[]): void {
  const [word, ...rest] = words;
  if (word === undefined || word.startsWith("-") || program.commands.length === 0) return;
  const next = program.commands.find((each) => each.name() === word);
  if (next) requireCommand(next, rest);
  else program.error(`error: unknown command '${word}'`, { code: "commander.unknownCommand", exitCode: usageError });
}

/** What stands before a lone `--`, after which nothing is a flag. */
function flagsOf(argv: readonly string[]): readonly string[] {
  const end = argv.indexOf("--");
  return end < 0 ? argv : argv.slice(0, end);
}
