import { randomBytes } from "node:crypto";
import type { Guard, GuardCall } from "../../src/guard/guard.js";
import type * as Guards from "../../src/guard/open-guard.js";
import type { GuardOptions } from "../../src/guard/open-guard.js";
import type { ConfirmationScene, Planned } from "./confirmation-scene.js";
import type { Forgery, Said } from "./false-calls.js";

type PersonsAnswer = NonNullable<GuardCall["answer"]>;

/** A guard as the program of an assistant has it that passes its person's answers on. */
class AskingProgram {
  readonly #scene: ConfirmationScene;
  readonly #guard: Guard;

  constructor(scene: ConfirmationScene, guard: Guard) {
    this.#scene = scene;
    this.#guard = guard;
  }

  async plan(profile: "client" | "asked" = "client"): Promise<Planned> {
    return this.#scene.plan(profile, undefined, {
      ...this.#scene.tools,
      call: async (name, args) => said(await this.#guard.call(name, args, { canAsk: true })),
    });
  }

  /** @returns the question's key */
  async ask(planned: Planned): Promise<string> {
    const result = await this.#commit(planned);
    if (result.kind !== "question") throw new Error(`Nobody was asked: ${result.text}`);
    return result.key;
  }

  async answer(planned: Planned, answer: PersonsAnswer): Promise<Said> {
    return said(await this.#commit(planned, answer));
  }

  #commit({ profile, plan, hash }: Planned, answer?: PersonsAnswer): ReturnType<Guard["call"]> {
    return this.#guard.call("commit", { profile, plan, hash }, { canAsk: true, ...(answer && { answer }) });
  }
}

/** Nothing was done yet when a person is asked. */
function said(result: Awaited<ReturnType<Guard["call"]>>): Said {
  return result.kind === "result" ? result : { isError: true, text: result.text };
}

type FalseAnswer = (program: AskingProgram, scene: ConfirmationScene) => Promise<readonly Said[]>;

const falseOnes: Readonly<Record<string, FalseAnswer>> = {
  "an answer to what nobody asked": async (program, scene) => {
    const planned = await program.plan();
    const asked = scene.random() < 0.5 ? [await program.ask(planned)] : [];
    const keys = [
      "",
      "0",
      randomBytes(16).toString("hex"),
      planned.plan,
      planned.hash,
      "__proto__",
      ...asked.map(other),
    ];
    return [await program.answer(planned, { key: scene.oneOf(keys), agreed: true })];
  },
  "an answer to another question": async (program) => {
    const [one, another] = [await program.plan(), await program.plan()];
    const [, key] = [await program.ask(one), await program.ask(another)];
    return [await program.answer(one, { key, agreed: true }), await program.answer(another, { key, agreed: true })];
  },
  "an answer that was given": async (program, scene) => {
    const planned = await program.plan();
    const key = await program.ask(planned);
    const yes = { key, agreed: true };
    await scene.expectOnce("the first time", planned.write, async () => [await program.answer(planned, yes)]);
    const next = await program.plan();
    return [await program.answer(planned, yes), await program.answer(next, yes)];
  },
  "an answer after a no": async (program) => {
    const planned = await program.plan();
    const [first, second] = [await program.ask(planned), await program.ask(planned)];
    const no = await program.answer(planned, { key: first, agreed: false });
    return [no, await program.answer(planned, { key: second, agreed: true })];
  },
  "an answer for a plan that is asked about in a terminal": async (program) => {
    const [planned, another] = [await program.plan("asked"), await program.plan()];
    return [await program.answer(planned, { key: await program.ask(another), agreed: true })];
  },
  "an answer after five minutes": (program, { world }) =>
    world.clock.standing(async () => {
      const planned = await program.plan();
      const key = await program.ask(planned);
      world.clock.advance(300_001);
      return [await program.answer(planned, { key, agreed: true })];
    }),
};

/** Forgeries of what a person says in the assistant's program. */
export const falseAnswers: Readonly<Record<string, Forgery>> = Object.fromEntries(
  Object.entries(falseOnes).map(([name, falseOne]) => [name, (scene) => withProgram(scene, falseOne)]),
);

async function withProgram(scene: ConfirmationScene, falseOne: FalseAnswer): Promise<readonly Said[]> {
  const file = new URL("../../../dist/guard/open-guard.js", import.meta.url).href;
  const { openGuard } = (await import(file)) as typeof Guards;
  const { clock, sandbox, registry } = scene.world;
  const options: unknown = { registry: registry(), endpoints: sandbox.url, clock };
  const guard = await openGuard(options as GuardOptions); // the same classes, by other names for the compiler
  try {
    return await falseOne(new AskingProgram(scene, guard), scene);
  } finally {
    await guard.close();
  }
}

function other(key: string): string {
  return key.slice(0, -1) + (key.endsWith("0") ? "1" : "0");
}
