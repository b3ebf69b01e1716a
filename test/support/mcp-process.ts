import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ServerStart } from "./mcp-world.js";

/** A message as it stands on a line of standard output. */
export interface Message {
  readonly jsonrpc?: unknown;
  readonly id?: number;
  readonly result?: { readonly content?: readonly { readonly text: string }[] };
}

/** A server that is talked to without any client of MCP, so that its end can be looked at. */
export interface ServerProcess {
  /** Asks, and waits for the answer. */
  readonly ask: (method: string, params?: object) => Promise<Message>;
  /** Asks, and does not wait. */
  readonly say: (method: string, params?: object) => void;
  /** The client goes away. */
  readonly leave: () => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Its end: exit code or signal, every line of standard output, and standard error. */
  readonly ended: Promise<{
    readonly how: number | string;
    readonly lines: readonly string[];
    readonly stderr: string;
  }>;
}

/** Starts one and shakes hands. */
export async function startServer({ command, args, env, cwd }: ServerStart): Promise<ServerProcess> {
  const child = spawn(command, args, { env, cwd, stdio: "pipe" });
  const lines: string[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  const waiting = new Map<unknown, (message: Message) => void>();
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => {
    lines.push(line);
    const message = JSON.parse(line) as Message;
    waiting.get(message.id)?.(message);
  });
  const write = (message: object): void => {
    child.stdin.write(`${JSON.stringify({ jsonrpc: "2.0", ...message })}\n`);
  };
  let id = 0;
  const ask = (method: string, params: object = {}): Promise<Message> => {
    const own = ++id;
    write({ id: own, method, params });
    return new Promise((resolve) => waiting.set(own, resolve));
  };
  const ended = once(child, "close").then(([code, signal]) => ({
    how: (code ?? signal) as number | string,
    ...{ lines, stderr },
  }));
  const clientInfo = { name: "test", version: "1.0.0" };
  await Promise.race([
    ask("initialize", { protocolVersion: "2025-06-18", capabilities: {}, clientInfo }),
    ended.then(({ stderr: said }) => Promise.reject(new Error(`The server ended: ${said}`))),
  ]);
  write({ method: "notifications/initialized" });
  return {
    ask,
    say: (method, params) => void ask(method, params),
    leave: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
