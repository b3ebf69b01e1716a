import { Option, type Command } from "commander";
import type { McpFlags } from "../commands/mcp-command.js";
import { command, type ProgramContext } from "./command.js";

/** `mcp`: the tools of an assistant over standard input and output. */
export function mcpCommand({ registry }: ProgramContext): Command {
  return command("mcp")
    .description(
      "serves mail and calendars to an assistant, as an MCP client starts it; docs/assistants.md has the set-up",
    )
    .option("--profile <name...>", "only these profiles; default: all that are connected")
    .option("--read-only", "permit reading only, whatever the policy says")
    .option("--client-config", "print what an MCP client's settings take to start it, and serve nothing")
    .option("--verbose", "requests and retries on standard error")
    .addOption(new Option("--sandbox <url>", "at a sandbox on this machine").hideHelp())
    .action(async (flags: McpFlags) => (await import("../commands/mcp-command.js")).mcp(registry, flags));
}
