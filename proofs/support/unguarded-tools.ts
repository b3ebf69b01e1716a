import { createCalendarClient, createEmailClient, isIntegrationError } from "maigic-integrations";
import type * as Table from "../../src/operations/index.js";
import type * as Parse from "../../src/operations/parse-input.js";
import type { AgentTools } from "./hijacked-agent.js";
import type { HijackWorld } from "./hijack-world.js";

/** Tools that do at once whatever they are asked for, as many an assistant has them. Their answers are of no use. */
export async function unguardedTools(world: HijackWorld): Promise<AgentTools & AsyncDisposable> {
  const { operations } = (await import(inside("operations/index"))) as typeof Table;
  const { parseInput } = (await import(inside("operations/parse-input"))) as typeof Parse;
  const options = { ...world.options, userId: "work", clock: world.clock };
  const email = createEmailClient("google_gmail", options);
  const calendar = createCalendarClient("google_calendar", options);
  return {
    definitions: [],
    async call(name, args) {
      const given = Object.entries(args as object);
      const action = String(given.find(([field]) => field === "action")?.[1]);
      const input = Object.fromEntries(given.filter(([field]) => !["action", "profile", "budget"].includes(field)));
      const entry = operations.find((each) => each.tool === name && each.name === `${each.kind}.${action}`);
      if (!entry) return { text: "{}", isError: true };
      const operation = await entry.load();
      try {
        const output = await operation.run(
          { client: entry.kind === "email" ? email : calendar },
          parseInput(operation, input),
        );
        return { text: JSON.stringify(output), isError: false };
      } catch (error) {
        if (!isIntegrationError(error)) throw error;
        return { text: JSON.stringify({ error: error.message }), isError: true };
      }
    },
    async [Symbol.asyncDispose]() {
      await Promise.all([email.close(), calendar.close()]);
    },
  };
}

function inside(file: string): string {
  return new URL(`../../../dist/${file}.js`, import.meta.url).href;
}
