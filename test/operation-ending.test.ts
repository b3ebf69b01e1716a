import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { IntegrationConfig } from "../src/config.js";
import type { EmailClient } from "../src/email/client.js";
import { getRegistry } from "../src/integrations.js";
import type { IntegrationProvider } from "../src/provider.js";
import type { IntegrationRegistry } from "../src/registry.js";
import type { EmailWorld } from "../src/testing/index.js";
import { memoryWorld } from "./support/memory-mail/world.js";
import { onlyOwnSignals } from "./support/own-signals.js";
import { runHere } from "./support/run-here.js";

/** A provider that somebody else made, of the kind e-mail. */
function mailProvider(
  name: string,
  createClient: () => EmailClient,
  capabilities = {},
): IntegrationProvider<EmailClient> {
  return {
    getName: () => name,
    kind: "email",
    capabilities: { read: true, search: true, send: true, ...capabilities },
    setup: { title: name, credentials: { kind: "api_key" }, steps: [] },
    isAvailable: () => true,
    createClient,
  };
}

describe("commands on services that somebody else made", () => {
  let folder = "";
  let world: EmailWorld;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "maigic-others-"));
    world = await memoryWorld();
    await world.receive("Subject: Tide table\r\n\r\nLow at noon.", { unread: true });
  });
  afterAll(async () => {
    await world[Symbol.asyncDispose]();
    await rm(folder, { recursive: true });
  });
  const registryWith = (...providers: IntegrationProvider[]): IntegrationRegistry => {
    const places = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
    const registry = getRegistry(IntegrationConfig.fromEnv(places, { env: {}, workingDir: folder }));
    for (const provider of providers) registry.registerProvider(provider);
    return registry;
  };
  const memory = () => mailProvider("memory_mail", () => world.another());

  it("run on the only one that is switched on", async () => {
    const { code, stdout } = await runHere(["email", "recent", "--json"], { registry: registryWith(memory()) });
    expect(code).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ emails: [{ subject: "Tide table" }] });
  });

  it("ask for --service where several are switched on, and run on the one that is named", async () => {
    const registry = registryWith(
      memory(),
      mailProvider("other_mail", () => world.another(), { drafts: false }),
    );
    const unclear = await runHere(["email", "recent"], { registry });
    expect(unclear).toMatchObject({ code: 40, stdout: "" });
    expect(unclear.stderr).toContain("What to do: Give --service memory_mail or other_mail.");
    expect((await runHere(["email", "recent", "--service", "other_mail"], { registry })).code).toBe(0);
    expect((await runHere(["email", "recent", "--service", "calendar"], { registry })).code).toBe(44);
    const lacking = await runHere(["email", "draft", "list", "--service", "other_mail"], { registry });
    expect(lacking).toMatchObject({ code: 54, stderr: expect.stringContaining('lacks "drafts"') as string });
  });

  it("say how to switch one on where none is", async () => {
    const { code, stderr } = await runHere(["calendar", "agenda"], { registry: registryWith(memory()) });
    expect(code).toBe(45);
    expect(stderr).toContain("_ENABLED=true");
  });

  describe("that are told to stop", () => {
    onlyOwnSignals();
    const interrupt = (): void => void process.emit("SIGINT", "SIGINT");
    const many = Array.from({ length: 150 }, (_, index) => String(index));
    const outcomes = (ids: readonly string[]) => ids.map((id) => ({ id, done: true as const }));
    const trashing = (trashEmails: (ids: readonly string[], signal?: AbortSignal) => Promise<unknown>) =>
      registryWith(
        mailProvider(
          "slow_mail",
          () => {
            const client = world.another();
            const trash = (ids: readonly string[], options?: { dryRun?: boolean; signal?: AbortSignal }) =>
              options?.dryRun ? Promise.resolve() : trashEmails(ids, options?.signal);
            return Object.assign(client, { trashEmails: trash });
          },
          { folders: true },
        ),
      );

    it("finish what they began, and tell what was not tried", async () => {
      const registry = trashing((ids) => {
        interrupt();
        return Promise.resolve({ outcomes: outcomes(ids), done: ids.length, failed: 0 });
      });
      const { code, stdout, stderr } = await runHere(["email", "trash", ...many, "--json"], { registry });
      expect({ code, stderr }).toEqual({
        code: 130,
        stderr: expect.stringContaining("Finishing what was begun") as string,
      });
      expect(JSON.parse(stdout)).toMatchObject({ done: 100, failed: 0, notTried: { length: 50 } });
    });

    it("end at once the second time, and say what is not known", async () => {
      const registry = trashing(async (_, signal) => {
        interrupt();
        interrupt();
        await Promise.resolve(signal?.throwIfAborted());
      });
      const { code, stdout, stderr } = await runHere(["email", "trash", ...many], { registry });
      expect({ code, stdout }).toEqual({ code: 130, stdout: "" });
      expect(stderr).toContain("is not known: look before you do it again");
    });

    it("end at once when they only read", async () => {
      const reading = mailProvider("slow_mail", () =>
        Object.assign(world.another(), {
          getRecentEmails: ({ signal }: { signal?: AbortSignal } = {}) => {
            void process.emit("SIGTERM", "SIGTERM");
            return Promise.reject(signal?.reason as Error);
          },
        }),
      );
      const { code, stderr } = await runHere(["email", "recent"], { registry: registryWith(reading) });
      expect({ code, stderr }).toEqual({ code: 143, stderr: "Stopped.\n" });
    });
  });
});
