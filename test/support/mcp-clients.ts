import { Client } from "@modelcontextprotocol/client";
import { StdioClientTransport } from "@modelcontextprotocol/client/stdio";
import { Client as EarlierClient } from "@modelcontextprotocol/sdk/client/index.js";
import { StdioClientTransport as EarlierTransport } from "@modelcontextprotocol/sdk/client/stdio.js";
import type { Readable, Stream } from "node:stream";
import type { ServerStart } from "./mcp-world.js";

/** What a person says to a question in the assistant's window. */
export type PersonSays = "accept" | "decline" | "cancel";

/** A tool's result, read as a program reads it. */
export interface ToolAnswer {
  readonly isError: boolean;
  readonly body: Readonly<Record<string, unknown>>;
}

/** A client with a server of its own. */
export interface ConnectedClient extends AsyncDisposable {
  /** The names of the tools that the server lists. */
  readonly tools: readonly string[];
  /** The revision of the protocol that both agreed on. */
  readonly revision: string | undefined;
  /** What the person was asked so far. */
  readonly asked: readonly string[];
  /** What the server wrote to standard error, and what was no message on standard output. */
  readonly noise: () => string;
  readonly call: (name: string, args: object) => Promise<ToolAnswer>;
  /** Plans and commits. */
  readonly write: (name: string, args: object) => Promise<ToolAnswer>;
}

/** Which client, and what its person says next; without it the client cannot ask. */
export interface ClientChoice {
  readonly kind: "2026" | "2025" | "v1";
  readonly says?: () => PersonSays;
}

/** Starts a server and connects the official client of that kind to it. */
export async function connect(server: ServerStart, { kind, says }: ClientChoice): Promise<ConnectedClient> {
  const asked: string[] = [];
  const noise: string[] = [];
  const facts = { name: "test", version: "1.0.0" };
  const options = { capabilities: says ? { elicitation: {} } : {} };
  const answer = (message: string): { action: PersonSays } => {
    asked.push(message);
    return { action: says?.() ?? "cancel" };
  };
  const start = { ...server, stderr: "pipe" as const };
  if (kind === "v1") {
    const client = new EarlierClient(facts, options);
    client.onerror = (error) => void noise.push(String(error));
    const transport = new EarlierTransport(start);
    hear(transport.stderr, noise);
    await client.connect(transport);
    const { tools } = await client.listTools();
    const call = async (name: string, args: object) =>
      answerOf(await client.callTool({ name, arguments: { ...args } }));
    return connected({ tools, call, close: () => client.close(), revision: undefined, asked, noise });
  }
  const negotiated = kind === "2026" ? { versionNegotiation: { mode: "auto" as const } } : {};
  const client = new Client(facts, { ...options, ...negotiated });
  client.onerror = (error) => void noise.push(String(error));
  if (says) client.setRequestHandler("elicitation/create", ({ params }) => answer(params.message));
  const transport = new StdioClientTransport(start);
  hear(transport.stderr, noise);
  await client.connect(transport);
  const { tools } = await client.listTools();
  const call = async (name: string, args: object) => answerOf(await client.callTool({ name, arguments: { ...args } }));
  const revision = client.getNegotiatedProtocolVersion();
  return connected({ tools, call, close: () => client.close(), revision, asked, noise });
}

function connected(parts: {
  readonly tools: readonly { readonly name: string }[];
  readonly call: ConnectedClient["call"];
  readonly close: () => Promise<void>;
  readonly revision: string | undefined;
  readonly asked: readonly string[];
  readonly noise: readonly string[];
}): ConnectedClient {
  const { tools, call, close, revision, asked, noise } = parts;
  return {
    ...{ revision, asked, call },
    tools: tools.map(({ name }) => name),
    noise: () => noise.join(""),
    async write(name, args) {
      const planned = await call(name, args);
      const { profile, plan, hash } = planned.body;
      return planned.isError ? planned : call("commit", { profile, plan, hash });
    },
    [Symbol.asyncDispose]: close,
  };
}

function hear(stderr: Stream | Readable | null, noise: string[]): void {
  stderr?.on("data", (chunk: Buffer) => void noise.push(chunk.toString()));
}

function answerOf(result: { readonly [name: string]: unknown }): ToolAnswer {
  const [first] = result["content"] as { text: string }[];
  return { isError: result["isError"] === true, body: JSON.parse(first?.text ?? "") as ToolAnswer["body"] };
}
