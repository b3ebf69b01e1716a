import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { callEveryTool, type Turn } from "./support/mcp-calls.js";
import { connect, type ClientChoice, type ConnectedClient, type PersonSays } from "./support/mcp-clients.js";
import { mallory, mcpWorld, serverOf } from "./support/mcp-world.js";
import { runHere } from "./support/run-here.js";
import { scriptedPrompter } from "./support/scripted-prompter.js";
import type { World } from "./support/world.js";

let w: World;
beforeAll(async () => void (w = await mcpWorld()));
afterAll(() => w[Symbol.asyncDispose]());

const subjectsOf = (user: string): string[] =>
  w.sandbox.inspect.messages(user).map((mail) => {
    const { headers } = mail["payload"] as { headers: { name: string; value: string }[] };
    return headers.find(({ name }) => name === "Subject")?.value ?? "";
  });

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
        for (says of ["decline", "cancel", "accept"]) await askedInWindow(client, `${turn.word} ${says}`, says);
      } else await askedInTerminal(client, `${turn.word} terminal`);
      expect(client.noise()).toBe("");
    });
  }
});

async function askedInWindow(client: ConnectedClient, subject: string, says: PersonSays): Promise<void> {
  const before = client.asked.length;
  const { isError, body } = await client.write("email_compose", mail(subject));
  expect(client.asked.slice(before)).toEqual([expect.stringContaining(mallory)]);
  expect(isError).toBe(says !== "accept");
  if (isError) expect(body).toMatchObject({ error: { code: "request.not_permitted" } });
  expect(subjectsOf(mallory).filter((each) => each === subject)).toHaveLength(isError ? 0 : 1);
}

async function askedInTerminal(client: ConnectedClient, subject: string): Promise<void> {
  const { profile, plan, hash } = (await client.call("email_compose", mail(subject))).body;
  const commit = () => client.call("commit", { profile, plan, hash });
  const hint: unknown = expect.stringContaining(`maigic-integrations approve ${String(plan)}`);
  expect(await commit()).toMatchObject({
    isError: true,
    body: { error: { code: "request.confirmation_required", hint } },
  });
  const prompter = scriptedPrompter({ answers: [["May the assistant do this", true]] });
  expect(await runHere(["approve", String(plan)], { registry: w.registry, prompter })).toMatchObject({ code: 0 });
  expect(await commit()).toMatchObject({ isError: false });
  expect(subjectsOf(mallory).filter((each) => each === subject)).toHaveLength(1);
}
