import { McpServer } from "@modelcontextprotocol/server";
import { serveStdio } from "@modelcontextprotocol/server/stdio";

const inputSchema = { type: "object", properties: { text: { type: "string" } } } as const;

// The least that a server with this library is: what it takes is not ours to save.
serveStdio(() => {
  const mcp = new McpServer({ name: "one-tool", version: "1.0.0" }, { capabilities: { tools: {} } });
  mcp.server.setRequestHandler("tools/list", () => ({ tools: [{ name: "echo", inputSchema }] }));
  return mcp;
});
