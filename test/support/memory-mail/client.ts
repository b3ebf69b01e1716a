import type { EmailClient } from "maigic-integrations/email";
import { memoryOrganizer } from "./organizing.js";
import { memoryReader } from "./reading.js";
import { memorySender } from "./sending.js";
import { MemoryService, type MemoryAccount } from "./service.js";

/** A mailbox in memory: folders without labels, and nothing that is important. */
export function createMemoryClient(account: MemoryAccount, access: "read" | "full"): EmailClient {
  const service = new MemoryService(account, access);
  const close = async (): Promise<void> => {
    service.calls.end();
    await Promise.resolve();
  };
  return {
    service: "memory_mail",
    userId: "default",
    close,
    [Symbol.asyncDispose]: close,
    connect: (options = {}) => service.calls.run("connect", options, () => Promise.resolve()),
    ...memoryReader(service),
    ...memorySender(service),
    ...memoryOrganizer(service),
  };
}
