import { given } from "../../core/given.js";
import { openGuard } from "../../guard/open-guard.js";
import { getRegistry } from "../../integrations.js";
import type { IntegrationRegistry } from "../../registry.js";
import { Interrupted, interruptible } from "../terminal/interruption.js";
import { note } from "../terminal/print.js";
import { packageVersion } from "../version.js";

/** What `mcp` takes. */
export interface McpFlags {
  readonly profile?: string[];
  readonly readOnly?: boolean;
  readonly verbose?: boolean;
  readonly sandbox?: string;
  readonly clientConfig?: boolean;
}

/**
 * Serves an assistant until its client goes or the process is told to stop, which is how a server ends and no failure.
 * What was begun is finished first; told a second time, it ends at once.
 *
 * @throws ConfigurationError as `openGuard`, before anything is served
 */
export async function mcp(own: IntegrationRegistry | undefined, flags: McpFlags): Promise<void> {
  const registry = own ?? getRegistry();
  if (flags.clientConfig) {
    const { printClientConfig } = await import("./client-config.js");
    printClientConfig(registry, flags);
    return;
  }
  await interruptible((stop) => serve(registry, flags, stop)).catch((error: unknown) => {
    if (!(error instanceof Interrupted)) throw error;
  });
}

async function serve(registry: IntegrationRegistry, flags: McpFlags, stop: AbortSignal): Promise<void> {
  const { profile: profiles, readOnly, verbose, sandbox: endpoints } = flags;
  const logger = verbose ? (await import("../terminal/verbose-logger.js")).verboseLogger() : undefined;
  const [serveMcp, guard] = await Promise.all([
    import("../../mcp/serve.js").then(({ loadMcpServer }) => loadMcpServer()),
    openGuard({ registry, ...given({ profiles, readOnly, endpoints, logger }) }),
  ]);
  const onError = (error: Error): void => logger?.warn(error.message);
  if (process.stdin.isTTY) {
    note("Waiting for an MCP client, which starts this by itself: mcp --client-config prints how. Ctrl-C ends it.");
  }
  const connection = serveMcp({ guard, version: packageVersion(), onError });
  try {
    await goneOrStopped(stop);
  } finally {
    await connection.close();
    await guard.close();
  }
}

/** Waits until nothing comes from the client any more, in whichever way it went, or the process is told to stop. */
function goneOrStopped(stop: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    process.stdin.once("close", resolve);
    if (stop.aborted) resolve();
    stop.addEventListener("abort", () => resolve(), { once: true });
  });
}
