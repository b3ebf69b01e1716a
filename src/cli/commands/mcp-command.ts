import { once } from "node:events";
import { given } from "../../core/given.js";
import { openGuard } from "../../guard/open-guard.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { verboseLogger } from "../terminal/verbose-logger.js";
import { printJson } from "../terminal/print.js";
import { packageVersion } from "../version.js";
import { clientConfig } from "./client-config.js";

/** What `mcp` takes. */
export interface McpFlags {
  readonly profile?: string[];
  readonly readOnly?: boolean;
  readonly verbose?: boolean;
  readonly sandbox?: string;
  readonly clientConfig?: boolean;
}

/** Serves an assistant until its client goes or the process is told to stop. What was begun is finished first. */
export async function mcp(own: IntegrationRegistry | undefined, flags: McpFlags): Promise<void> {
  const { profile: profiles, readOnly, verbose, sandbox: endpoints } = flags;
  const registry = own ?? getRegistry();
  if (flags.clientConfig) return printJson(clientConfig(registry, flags));
  const logger = verbose ? verboseLogger() : undefined;
  const [guard, { serveMcp }] = await Promise.all([
    openGuard({ registry, ...given({ profiles, readOnly, endpoints, logger }) }),
    import("../../mcp/serve.js"),
  ]);
  const onError = (error: Error): void => logger?.warn(error.message);
  const connection = serveMcp({ guard, version: packageVersion(), onError });
  try {
    await Promise.race([once(process.stdin, "close"), once(process, "SIGINT"), once(process, "SIGTERM")]);
  } finally {
    await connection.close();
    await guard.close();
  }
}
