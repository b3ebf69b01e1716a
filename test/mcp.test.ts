import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { setTimeout as sleep } from "node:timers/promises";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { McpServerEntry } from "../src/cli/commands/client-config.js";
import { IntegrationConfig } from "../src/config.js";
import { errorTable } from "../src/core/error-table.js";
import type { AuditEntry } from "../src/guard/audit/entry.js";
import { readAudit } from "../src/guard/audit/read-audit.js";
import { getRegistry } from "../src/integrations.js";
import { callEveryTool, type Turn } from "./support/mcp-calls.js";
import { connect, type ClientChoice, type ConnectedClient, type PersonSays } from "./support/mcp-clients.js";
import { startServer } from "./support/mcp-process.js";
import { alice, anna, bob, mallory, mcpWorld, serverOf, setPolicy } from "./support/mcp-world.js";
import { runHere } from "./support/run-here.js";
import { scriptedPrompter } from "./support/scripted-prompter.js";
import { openWorld, type World } from "./support/world.js";

let w: World;
beforeAll(async () => void (w = await mcpWorld()));
afterAll(() => w[Symbol.asyncDispose]());

const subjectsOf = ({ sandbox }: World, user: string): string[] =>
  sandbox.inspect.messages(user).map((each) => {
    const { headers } = each["payload"] as { headers: { name: string; value: string }[] };
    return headers.find(({ name }) => name === "Subject")?.value ?? "";
  });

const containing = (text: string): unknown => expect.stringContaining(text);

const clients: readonly (Turn & ClientChoice & { readonly revision: string | undefined })[] = [
  { kind: "2025", revision: "2025-11-25", word: "first", answer: "accepted", starred: "starred" },
  { kind: "2026", revision: "2026-07-28", word: "second", answer: "declined", starred: "unstarred" },
  { kind: "v1", revision: undefined, word: "third", answer: "tentative", starred: "starred" },
];

const mail = (subject: string) => ({ profile: "personal", action: "send", to: [mallory], subject, text: "Hello" });

describe("the command mcp", () => {
  for (const { kind, revision, ...turn } of clients) {
    const canAsk = kind !== "v1";
    it(`serves the official client (${kind}): every tool that it lists is called, in quiet, and its person is asked`, async () => {
      let says: PersonSays = "accept";
      await using client = await connect(serverOf(w), { kind, ...(canAsk && { says: () => says }) });
      expect(client.revision).toBe(revision);
      const answers = await callEveryTool(client, turn);
      expect(client.tools.filter((name) => !answers.has(name))).toEqual([]);
      expect(client.tools).toHaveLength(10);
      expect([...answers].filter(([, { isError }]) => isError)).toEqual([]);
      if (canAsk) {
        for (says of ["decline", "cancel", "accept"] as const)
          await askedInWindow(client, `${turn.word} ${says}`, says);
      } else await askedInTerminal(client, `${turn.word} terminal`);
      expect(client.noise()).toBe("");
    });
  }
});

describe("the server's end", () => {
  it("comes with 0 when it is told to stop or its client goes, after a write that is under way", async () => {
    await using slow = await openWorld({ seed: { users: [{ email: alice }, { email: bob }] }, latencyMs: 60 });
    await slow.signIn("google_gmail", alice, { userId: "work" });
    await setPolicy(slow, `profiles:\n  work: { allow: [send], recipients: [${bob}], others: confirm, ask: client }\n`);
    const quiet = { how: 0, strange: [], stderr: "" };
    const mailTo = (to: string, subject: string) => ({
      profile: "work",
      action: "send",
      to: [to],
      subject,
      text: "Once",
    });
    for (const [index, end] of (["SIGTERM", "leave"] as const).entries()) {
      const server = await startServer(serverOf(slow));
      const { profile, plan, hash } = await server.call("email_compose", mailTo(bob, end));
      void server.call("commit", { profile, plan, hash });
      while ((await steps(slow, "begun")) <= index) await sleep(15);
      if (end === "leave") server.leave();
      else server.kill(end);
      expect(await server.ended).toEqual(quiet);
      expect(await steps(slow, "done")).toBe(index + 1);
    }
    expect(subjectsOf(slow, bob).sort()).toEqual(["SIGTERM", "leave"]);
    const idle = await startServer(serverOf(slow), { elicitation: { url: {} } });
    const plan = await idle.call("email_compose", mailTo(mallory, "Hello"));
    expect(plan["next"], "it shows its person web pages only").toContain("maigic-integrations approve");
    idle.kill("SIGINT");
    expect(await idle.ended).toEqual(quiet);
  });

  it("comes before anything is served when there is nothing to serve, with what to do on standard error", async () => {
    await using fresh = await openWorld();
    const run = (...flags: string[]) => runHere(["mcp", "--sandbox", fresh.sandbox.url, ...flags], fresh);
    const nothing = { code: errorTable["config.profile_not_found"].exitCode, stdout: "" };
    const alone = await runHere(["mcp"], fresh);
    for (const said of [await run(), alone]) {
      expect(said).toMatchObject({ ...nothing, stderr: containing("No profile is connected") });
    }
    const unknown = await runHere(["mcp", "--profile", "home"], w);
    expect(unknown).toMatchObject({ ...nothing, stderr: containing("called home") });
    await setPolicy(fresh, "profiles:\n  work: { allow: [everything] }\n");
    const broken = { code: errorTable["config.invalid_file"].exitCode, stdout: "" };
    expect(await run()).toMatchObject({ ...broken, stderr: containing("policy.yaml") });
    expect(await run("--budget", "5")).toMatchObject({ code: 2, stdout: "" });
  });
});

describe("mcp --client-config", () => {
  it("prints what starts the server in any folder, narrowed by the same flags", async () => {
    const { command, args, env, cwd } = serverOf(w, "--profile", "personal", "--read-only", "--client-config");
    const { stdout, stderr } = await promisify(execFile)(command, args, { env, cwd });
    expect(stderr).toBe("");
    const { maigic } = (JSON.parse(stdout) as { mcpServers: { maigic: McpServerEntry } }).mcpServers;
    const places = { MAIGIC_CREDENTIALS_DIR: w.config.credentialsDir, MAIGIC_CONFIG_DIR: w.config.configDir };
    const enabled = { GOOGLE_CALENDAR_ENABLED: "true", GOOGLE_GMAIL_ENABLED: "true" };
    expect(maigic).toEqual({
      command: process.execPath,
      args: [args[0], "mcp", "--profile", "personal", "--read-only", "--sandbox", w.sandbox.url],
      env: { ...enabled, ...places },
    });
    const start = { command: maigic.command, args: [...maigic.args], env: { ...maigic.env }, cwd: tmpdir() };
    await using client = await connect(start, { kind: "2025" });
    const reading = ["email_find", "email_read", "calendar_find", "calendar_read", "calendar_times"];
    expect(client.tools).toEqual(reading);
    const answer = await client.call("email_find", { profile: "personal", action: "recent" });
    expect(answer).toMatchObject({ isError: false, body: { account: anna } });
    expect((await client.call("email_find", { profile: "work", action: "recent" })).isError).toBe(true);
  });

  it("tells of no secret, and names those that the client has to be given", async () => {
    const secrets = { MAIGIC_VAULT_PASSPHRASE: "do not tell", HTTPS_PROXY: "http://me:do-not-tell@proxy.example" };
    const own = { MAIGIC_VAULT_KEY_COMMAND: "pass show maigic", NO_PROXY: "localhost", XDG_CONFIG_HOME: w.folder };
    const config = IntegrationConfig.fromEnv({}, { env: { ...secrets, ...own }, workingDir: w.folder });
    const { stdout, stderr } = await runHere(["mcp", "--client-config"], { registry: getRegistry(config) });
    expect(stdout + stderr).not.toMatch(/do.not.tell/);
    expect(stderr).toContain("MAIGIC_VAULT_PASSPHRASE and HTTPS_PROXY");
    expect(stderr).toContain("No service is switched on here"); // In this folder is no .env.
    expect(stdout).toContain('"MAIGIC_VAULT_KEY_COMMAND": "pass show maigic"');
    expect(stdout).toContain('"NO_PROXY": "localhost"');
    expect(stdout).toContain(`"MAIGIC_CONFIG_DIR": ${JSON.stringify(config.configDir)}`);
  });
});

/** How often the log says so. */
async function steps({ config }: World, step: AuditEntry["step"]): Promise<number> {
  let count = 0;
  for await (const entry of readAudit(config.configDir)) if (entry.step === step) count += 1;
  return count;
}

async function askedInWindow(client: ConnectedClient, subject: string, says: PersonSays): Promise<void> {
  const before = client.asked.length;
  const { isError, body } = await client.write("email_compose", mail(subject));
  expect(client.asked.slice(before)).toEqual([expect.stringContaining(mallory)]);
  expect(isError).toBe(says !== "accept");
  if (isError) expect(body).toMatchObject({ error: { code: "request.not_permitted" } });
  expect(subjectsOf(w, mallory).filter((each) => each === subject)).toHaveLength(isError ? 0 : 1);
}

async function askedInTerminal(client: ConnectedClient, subject: string): Promise<void> {
  const { profile, plan, hash } = (await client.call("email_compose", mail(subject))).body;
  const commit = () => client.call("commit", { profile, plan, hash });
  const hint = containing(`maigic-integrations approve ${String(plan)}`);
  expect(await commit()).toMatchObject({
    isError: true,
    body: { error: { code: "request.confirmation_required", hint } },
  });
  const prompter = scriptedPrompter({ answers: [["May the assistant do this", true]] });
  expect(await runHere(["approve", String(plan)], { registry: w.registry, prompter })).toMatchObject({ code: 0 });
  expect(await commit()).toMatchObject({ isError: false });
  expect(subjectsOf(w, mallory).filter((each) => each === subject)).toHaveLength(1);
}
