import { describe, expect, it } from "vitest";
import { bob, guardWorld } from "../../test/support/guard-world.js";
import { createTools } from "./index.js";

describe("a program that asks its person", () => {
  it("has said yes when it gives true, and never else", async () => {
    await using w = await guardWorld();
    await w.setPolicy("profiles: { work: { allow: [send], ask: client } }");
    const answers: unknown[] = ["no", { action: "decline" }, 1, undefined, true];
    const confirm = async (): Promise<boolean> => Promise.resolve(answers.shift() as boolean);
    await using tools = await createTools({ registry: w.registry, endpoints: w.sandbox.url, clock: w.clock, confirm });
    const sent: boolean[] = [];
    while (answers.length > 0) {
      const mail = { profile: "work", action: "send", to: [bob], subject: "Lunch", text: "At noon?" };
      const { plan, hash } = JSON.parse((await tools.call("email_compose", mail)).text) as Record<string, string>;
      sent.push(!(await tools.call("commit", { profile: "work", plan, hash })).isError);
    }
    expect(sent).toEqual([false, false, false, false, true]);
    expect(w.inbox(bob)).toEqual(["Lunch"]);
  });
});
