import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { openAssistantWorld, type AssistantWorld } from "./support/assistant-world.js";
import { processTimeMs } from "./support/process-time.js";
import { compare, median, type Contestant, type Row } from "./support/row.js";

export const name = "mcp-tool-list";

const runs = 11;
const allTools = 10;
const root = fileURLToPath(new URL("../..", import.meta.url));

/**
 * From the start of the process to the list of tools, with two profiles and a policy that permits everything. The limit is
 * measured between the runs: what Node itself takes.
 */
export async function measure(): Promise<Row> {
  await using world = await openAssistantWorld();
  const emptyMs: number[] = [];
  const listed = (args: readonly string[], tools: number): Contestant => ({
    runs,
    run: () => {
      emptyMs.push(processTimeMs("-e", "0"));
      return listedMs(world, args, tools);
    },
  });
  const oneTool = fileURLToPath(new URL("./support/one-tool-server.js", import.meta.url));
  const row = await compare(
    { name, unit: "ms", limit: 0, limitIs: "node -e 0, measured between the runs; the goal is under 300 ms" },
    { ours: listed(["dist/cli/bin.js", "mcp"], allTools), "the same library, one tool": listed([oneTool], 1) },
  );
  return { ...row, limit: median(emptyMs) };
}

const messages = [
  {
    id: 1,
    method: "initialize",
    params: { protocolVersion: "2025-06-18", capabilities: {}, clientInfo: { name: "bench", version: "1" } },
  },
  { method: "notifications/initialized" },
  { id: 2, method: "tools/list" },
];

/** Talks as a client does, with each question after the answer before it. @throws when another number of tools is listed */
async function listedMs({ env }: AssistantWorld, args: readonly string[], tools: number): Promise<number> {
  const start = performance.now();
  const server = spawn(process.execPath, args, { cwd: root, env, stdio: ["pipe", "pipe", "inherit"] });
  const say = (...said: object[]): void => {
    for (const each of said) server.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...each })}\n`);
  };
  const ended = once(server, "exit");
  const [initialize, ...others] = messages;
  say(initialize ?? {});
  let took = Number.NaN;
  for await (const line of createInterface({ input: server.stdout })) {
    const { id, result } = JSON.parse(line) as { id: number; result: { tools?: unknown[] } };
    if (id === 1) say(...others);
    if (id === 2) {
      took = performance.now() - start;
      server.stdin.end();
      if (result.tools?.length !== tools) throw new Error(`${result.tools?.length ?? "no"} tools were listed.`);
    }
  }
  await ended;
  if (Number.isNaN(took)) throw new Error("The server ended before it listed its tools.");
  return took;
}
