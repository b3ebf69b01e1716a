import { resolve } from "node:path";
import type { IntegrationRegistry } from "../../registry.js";
import type { McpFlags } from "./mcp-command.js";

/** How an MCP client starts this package's server. */
export interface McpServerEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * What most MCP clients take into their settings: whichever folder they start it in, it finds the same services,
 * credentials and policy as here. No secret is in it.
 */
export function clientConfig(
  registry: IntegrationRegistry,
  { profile = [], readOnly, sandbox }: McpFlags,
): { readonly mcpServers: { readonly maigic: McpServerEntry } } {
  const { config } = registry;
  const args = [
    resolve(process.argv[1] ?? ""),
    "mcp",
    ...profile.flatMap((name) => ["--profile", name]),
    ...(readOnly ? ["--read-only"] : []),
    ...(sandbox === undefined ? [] : ["--sandbox", sandbox]),
  ];
  const enabled = Object.values(registry.getAvailableIntegrations()).flatMap(({ enabled: isOn, enableVariable }) =>
    isOn && enableVariable !== undefined ? [[enableVariable, "true"] as const] : [],
  );
  const env = {
    ...Object.fromEntries(enabled),
    MAIGIC_CREDENTIALS_DIR: config.credentialsDir,
    ...(config.hasPlatformConfigDir ? {} : { MAIGIC_CONFIG_DIR: config.configDir }),
    ...(config.environment === "development" ? {} : { MAIGIC_ENVIRONMENT: config.environment }),
    ...(config.credentialStorage === "file" ? {} : { MAIGIC_CREDENTIAL_STORAGE: config.credentialStorage }),
  };
  return { mcpServers: { maigic: { command: process.execPath, args, env } } };
}
