import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import type { ServerStart } from "./mcp-world.js";

interface Message {
  readonly jsonrpc?: unknown;
  readonly id?: number;
  readonly result?: { readonly content?: readonly { readonly text: string }[] };
}

/** A server that is talked to without any client of MCP, so that its end can be looked at. */
export interface ServerProcess {
  /** Calls a tool. @returns what it answered, read as a program reads it */
  readonly call: (name: string, args: object) => Promise<Readonly<Record<string, unknown>>>;
  /** The client goes away. */
  readonly leave: () => void;
  readonly kill: (signal: NodeJS.Signals) => void;
  /** Its end: exit code or signal, the lines of standard output that are no message, and standard error. */
  readonly ended: Promise<{ readonly how: unknown; readonly strange: readonly string[]; readonly stderr: string }>;
}

/** Starts one and shakes hands. @param capabilities - what the client says that it can do */
export async function startServer(
  { command, args, env, cwd }: ServerStart,
  capabilities: object = {},
): Promise<ServerProcess> {
  const child = spawn(command, args, { env, cwd, stdio: "pipe" });
  const strange: string[] = [];
  let stderr = "";
  child.stderr.on("data", (chunk: Buffer) => void (stderr += chunk.toString()));
  const waiting = new Map<unknown, (message: Message) => void>();
  const output = createInterface({ input: child.stdout });
  output.on("line", (line) => {
    const message = line.startsWith("{") ? (JSON.parse(line) as Message) : {};
    if (message.jsonrpc !== "2.0") strange.push(line);
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
  const ended = once(child, "close").then(([code, signal]: unknown[]) => ({ how: code ?? signal, strange, stderr }));
  const clientInfo = { name: "test", version: "1.0.0" };
  await Promise.race([
    ask("initialize", { protocolVersion: "2025-06-18", capabilities, clientInfo }),
    ended.then(({ stderr: said }) => Promise.reject(new Error(`The server ended: ${said}`))),
  ]);
  write({ method: "notifications/initialized" });
  return {
    async call(name, args) {
      const { result } = await ask("tools/call", { name, arguments: args });
      return JSON.parse(result?.content?.[0]?.text ?? "") as Readonly<Record<string, unknown>>;
    },
    leave: () => void child.stdin.end(),
    kill: (signal) => void child.kill(signal),
    ended,
  };
}
