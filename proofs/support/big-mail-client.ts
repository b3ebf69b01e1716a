import { createHash } from "node:crypto";
import { setTimeout as sleep } from "node:timers/promises";
import { createEmailClient, IntegrationConfig } from "maigic-integrations";
import type { EmailClient } from "maigic-integrations/email";
import type { ServiceReady } from "./big-mail-service.js";

/** What a process does with a large file, and what it is told. */
export interface ClientOrder {
  readonly service: ServiceReady;
  readonly task: "down" | "down at once" | { readonly up: string };
}

/** What it says in the end. */
export interface ClientReport {
  readonly idleBytes: number;
  readonly peakBytes: number;
  /** Of what was read, or how it ended. */
  readonly hash: string;
}

process.once("message", (order: ClientOrder) => void work(order));
process.once("disconnect", () => process.exit());

async function work({ service, task }: ClientOrder): Promise<void> {
  const { credentialsDir, configDir, url } = service;
  const config = IntegrationConfig.fromEnv({ credentialsDir, configDir, googleGmailEnabled: true }, { env: {} });
  await using client = createEmailClient("google_gmail", { config, endpoints: url });
  // All that the work needs is loaded by a small one before.
  await client.getEmail(service.messageId, { includeBody: false });
  await client.createDraft({ subject: "small", attachments: [{ filename: "a", content: "b" }] }, { dryRun: true });
  await sleep(200);
  const idleBytes = process.memoryUsage().rss;
  const hash = await perform(client, service, task).catch((error: unknown) => `failed: ${String(error)}`);
  process.send?.({
    idleBytes,
    peakBytes: process.resourceUsage().maxRSS * 1024,
    hash,
  } satisfies ClientReport);
}

async function perform(client: EmailClient, { messageId }: ServiceReady, task: ClientOrder["task"]): Promise<string> {
  if (typeof task === "object") {
    const message = { to: "bob@example.com", subject: "Big", text: "See the file.", attachments: [{ path: task.up }] };
    return (await client.sendEmail(message)).outcome;
  }
  const [file] = (await client.getEmail(messageId)).attachments ?? [];
  const stream = await client.downloadAttachment(messageId, file?.id ?? "");
  const hash = createHash("sha256");
  if (task === "down at once") return hash.update(Buffer.from(await new Response(stream).arrayBuffer())).digest("hex");
  for await (const chunk of stream) hash.update(chunk);
  return hash.digest("hex");
}
