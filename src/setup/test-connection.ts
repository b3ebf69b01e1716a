import type { ClientOptions } from "../client-options.js";
import type { IntegrationRegistry } from "../registry.js";

const timeoutMs = 30_000;

/**
 * Makes a real call as a profile, whether or not its service is switched on.
 *
 * @throws what the client's `connect` throws
 */
export async function testConnection(
  registry: IntegrationRegistry,
  { service, userId }: { readonly service: string; readonly userId: string },
  { endpoints, clock, signal }: Pick<ClientOptions, "endpoints" | "clock"> & { readonly signal?: AbortSignal },
): Promise<void> {
  const where = { ...(endpoints !== undefined && { endpoints }), ...(clock && { clock }) };
  const credentials = registry.getCredentialManager(where);
  const client = registry.createClientForSetup(service, { userId, credentials, ...where });
  if (!isConnectable(client)) return;
  try {
    await client.connect({ timeoutMs, ...(signal && { signal }) });
  } finally {
    await client.close();
  }
}

interface Connectable {
  connect(options: { timeoutMs: number; signal?: AbortSignal }): Promise<void>;
  close(): Promise<void>;
}

/** Clients of third parties may have neither method; then there is nothing to try. */
function isConnectable(client: unknown): client is Connectable {
  return typeof client === "object" && client !== null && "connect" in client && "close" in client;
}
