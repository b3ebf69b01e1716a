import { createEmailClient, IntegrationConfig, type ConfigOverrides } from "maigic-integrations";
import type { OutgoingEmail } from "maigic-integrations/email";

/** What a process is told that sends one mail, and may be killed at it. */
export interface SenderOrder {
  readonly config: ConfigOverrides;
  readonly endpoints: string;
  readonly message: OutgoingEmail;
  readonly idempotencyKey: string;
}

process.once("message", (order: SenderOrder) => void send(order));
process.once("disconnect", () => process.exit());

async function send({ config, endpoints, message, idempotencyKey }: SenderOrder): Promise<void> {
  const options = { config: IntegrationConfig.fromEnv(config, { env: {} }), endpoints };
  await using client = createEmailClient("google_gmail", options);
  process.send?.(await client.sendEmail(message, { idempotencyKey }));
}
