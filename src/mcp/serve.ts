import type { CallToolResult, InputRequiredResult, McpServer, ServerContext, Tool } from "@modelcontextprotocol/server";
import type * as Library from "@modelcontextprotocol/server";
import { requireInstalled } from "../core/packages.js";
import type { Guard, GuardCall, GuardResult } from "../guard/guard.js";
import type { ToolDefinition } from "../guard/toolset/tool-definition.js";

/** How a guard is served. */
export interface ServeOptions {
  readonly guard: Guard;
  /** This package's version, which clients show. */
  readonly version: string;
  /** Told what goes wrong on the connection, beside the answers. */
  readonly onError?: (error: Error) => void;
}

/** Serves until it is closed, or until standard input ends. */
export type ServeMcp = (options: ServeOptions) => { close(): Promise<void> };

/**
 * Loads what serves a guard's tools to an MCP client over standard input and output, in the protocol's 2026 and 2025
 * revisions. Needs the optional package @modelcontextprotocol/server.
 *
 * @throws ConfigurationError `config.missing_dependency`
 * @see https://modelcontextprotocol.io/specification/2026-07-28
 */
export async function loadMcpServer(): Promise<ServeMcp> {
  requireInstalled("An MCP server", ["@modelcontextprotocol/server"]);
  const [library, { serveStdio }] = await Promise.all([
    import("@modelcontextprotocol/server"),
    import("@modelcontextprotocol/server/stdio"),
  ]);
  return ({ guard, version, onError }) =>
    serveStdio(() => serverFor(library, guard, version), { ...(onError && { onerror: onError }) });
}

function serverFor(library: typeof Library, guard: Guard, version: string): McpServer {
  const mcp = new library.McpServer(
    { name: "maigic-integrations", version },
    { capabilities: { tools: {} }, instructions: guard.instructions },
  );
  const tools = guard.tools.map(asMcpTool);
  mcp.server.setRequestHandler("tools/list", () => ({ tools }));
  mcp.server.setRequestHandler("tools/call", async ({ params }, context) => {
    const call = callOf(library, context, mcp);
    return toMcpResult(library, await guard.call(params.name, params.arguments ?? {}, call));
  });
  return mcp;
}

function asMcpTool({ name, description, inputSchema, readOnly, destructive }: ToolDefinition): Tool {
  return {
    ...{ name, description, inputSchema: JSON.parse(JSON.stringify(inputSchema)) as Tool["inputSchema"] },
    annotations: { readOnlyHint: readOnly, destructiveHint: destructive, openWorldHint: true },
  };
}

/** What a call runs with. What a person said is what their client says they said, to a question of ours. */
function callOf(
  { CLIENT_CAPABILITIES_META_KEY, inputResponse }: typeof Library,
  { mcpReq }: ServerContext,
  { server }: McpServer,
): GuardCall {
  const { signal, envelope, inputResponses = {} } = mcpReq;
  const sent: Readonly<Record<string, unknown>> = { ...envelope };
  // Clients of the 2025 revisions say it once, at the beginning; for them this is still the way to ask.
  // eslint-disable-next-line @typescript-eslint/no-deprecated
  const capabilities = sent[CLIENT_CAPABILITIES_META_KEY] ?? server.getClientCapabilities();
  const [key] = Object.keys(inputResponses);
  const said = key === undefined ? undefined : inputResponse(inputResponses, key);
  return {
    signal,
    canAsk: hasElicitation(capabilities),
    ...(key !== undefined && said?.kind === "elicit" && { answer: { key, agreed: said.action === "accept" } }),
  };
}

/** Whether a client can show its person a form, and not only a web page; one that says nothing of either means forms. */
function hasElicitation(capabilities: unknown): boolean {
  if (!isObject(capabilities) || !("elicitation" in capabilities)) return false;
  const { elicitation } = capabilities;
  return isObject(elicitation) && ("form" in elicitation || !("url" in elicitation));
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}

function toMcpResult({ inputRequired }: typeof Library, result: GuardResult): CallToolResult | InputRequiredResult {
  if (result.kind === "result") {
    return { content: [{ type: "text", text: result.text }], isError: result.isError };
  }
  const requestedSchema = { type: "object", properties: {} } as const;
  const question = inputRequired.elicit({ message: result.text, requestedSchema });
  return inputRequired({ inputRequests: { [result.key]: question } });
}
