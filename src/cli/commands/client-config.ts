import { fileURLToPath } from "node:url";
import type { IntegrationConfig } from "../../config.js";
import { given } from "../../core/given.js";
import { platformConfigDir } from "../../platform-folders.js";
import type { IntegrationRegistry } from "../../registry.js";
import { note, printJson } from "../terminal/print.js";
import type { McpFlags } from "./mcp-command.js";

/** How an MCP client starts this package's server. */
export interface McpServerEntry {
  readonly command: string;
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string>>;
}

/**
 * Prints what most MCP clients take into their settings: whichever folder they start it in, it finds the same services,
 * credentials and policy as here. No secret is in it; those that are needed are named beside it.
 */
export function printClientConfig(registry: IntegrationRegistry, flags: McpFlags): void {
  const { config } = registry;
  const entry: McpServerEntry = {
    command: process.execPath,
    args: [fileURLToPath(new URL("../bin.js", import.meta.url)), "mcp", ...flagsAgain(flags)],
    env: { ...enabledServices(registry), ...placesOf(config), ...waysOf(config) },
  };
  printJson({ mcpServers: { maigic: entry } });
  if (Object.keys(enabledServices(registry)).length === 0) {
    note("No service is switched on here, so it would serve nothing: run this in the folder where you ran the setup.");
  }
  const secrets = secretsOf(config);
  if (secrets.length > 0) note(`The client must also be given ${secrets.join(" and ")}, which no file should hold.`);
}

function flagsAgain({ profile = [], readOnly, sandbox }: McpFlags): string[] {
  return [
    ...profile.flatMap((name) => ["--profile", name]),
    ...(readOnly ? ["--read-only"] : []),
    ...(sandbox === undefined ? [] : ["--sandbox", sandbox]),
  ];
}

function enabledServices(registry: IntegrationRegistry): Record<string, string> {
  const services = Object.values(registry.getAvailableIntegrations());
  const variables = services.flatMap(({ enabled, enableVariable = "" }) => (enabled ? [enableVariable] : []));
  return Object.fromEntries(variables.filter((name) => name !== "").map((name) => [name, "true"]));
}

/** The folder of credentials always: by default it lies where the client starts its servers. */
function placesOf(config: IntegrationConfig): Record<string, string> {
  return {
    MAIGIC_CREDENTIALS_DIR: config.credentialsDir,
    ...(config.configDir === platformConfigDir(() => undefined) ? {} : { MAIGIC_CONFIG_DIR: config.configDir }),
    ...(config.environment === "development" ? {} : { MAIGIC_ENVIRONMENT: config.environment }),
    ...(config.credentialStorage === "file" ? {} : { MAIGIC_CREDENTIAL_STORAGE: config.credentialStorage }),
  };
}

/** Clients start servers without most of their own environment, in which these are named. */
function waysOf({ vaultKey, proxy }: IntegrationConfig): Record<string, string> {
  const addresses = { HTTPS_PROXY: proxy.httpsProxy, HTTP_PROXY: proxy.httpProxy };
  const open = Object.entries(addresses).filter(([, url]) => url !== undefined && !hasPassword(url));
  return {
    ...given({ MAIGIC_VAULT_KEY_SOURCE: vaultKey.source, MAIGIC_VAULT_KEY_COMMAND: vaultKey.command }),
    ...given({ ...Object.fromEntries(open), NO_PROXY: proxy.noProxy }),
  };
}

function secretsOf({ vaultKey, proxy, databaseUrl, credentialStorage }: IntegrationConfig): string[] {
  const needed = {
    MAIGIC_VAULT_KEY: vaultKey.keys !== undefined,
    MAIGIC_VAULT_PASSPHRASE: vaultKey.passphrase !== undefined,
    MAIGIC_DATABASE_URL: databaseUrl !== undefined && credentialStorage === "postgres",
    HTTPS_PROXY: proxy.httpsProxy !== undefined && hasPassword(proxy.httpsProxy),
    HTTP_PROXY: proxy.httpProxy !== undefined && hasPassword(proxy.httpProxy),
  };
  return Object.entries(needed).flatMap(([name, isNeeded]) => (isNeeded ? [name] : []));
}

function hasPassword(url: string): boolean {
  return new URL(url).password !== "";
}
