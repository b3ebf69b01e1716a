import type { AssistantTools, ToolOutput } from "maigic-integrations/tools";
import { ConfirmationScene } from "./confirmation-scene.js";
import { openConfirmationWorld, type ConfirmationWorld } from "./confirmation-world.js";
import { falseCalls, type Forgery } from "./false-calls.js";
import { challengeOf, forgeYes } from "./forged-approvals.js";
import { seededRandom } from "./mutate.js";
import { tryFalse, tryTrue } from "./tried-confirmations.js";

/** What a broken guard makes of a commit. @param ask - the guard as it is */
type Flaw = (planned: PlannedCall, commit: () => Promise<ToolOutput>, ask: Ask) => Promise<ToolOutput>;

type Ask = AssistantTools["call"];

/** A call that was planned, and the plan. */
interface PlannedCall {
  readonly name: string;
  readonly args: unknown;
  readonly commit: { readonly profile: string; readonly plan: string; readonly hash: string };
}

/** The claim made false in several ways, and whether that was noticed. */
export async function confirmationControls(): Promise<Record<string, boolean>> {
  await using world = await openConfirmationWorld(2);
  const used: ConstructorParameters<typeof ConfirmationScene>[3] = new Map();
  /** The problems that come of some work through a guard with a flaw. */
  const problems = async (
    work: (scene: ConfirmationScene) => Promise<void>,
    flaw?: Flaw,
    place: ConfirmationWorld = world,
  ): Promise<string> => {
    await using tools = await place.open();
    const scene = new ConfirmationScene(place, flaw ? flawed(tools, flaw) : tools, seededRandom(1), used);
    await work(scene);
    return scene.problems.join("\n");
  };
  const trueOne = (scene: ConfirmationScene): Promise<void> => tryTrue(scene, 1);
  const falseOne = (forge: Forgery | undefined) => (scene: ConfirmationScene) => tryFalse(scene, ["control", forge]);
  const refusing = await problems(falseOne(falseCalls["a wrong hash"]), saysNoAndDoesIt);
  const clock = { ...world.clock, advance: () => undefined };
  const late = falseOne(falseCalls["a plan of five minutes and a millisecond"]);
  return {
    "nothing where nothing is wrong": (await problems(trueOne)) === "",
    "a mail that is sent twice": /held 2 times/.test(await problems(trueOne, doesItTwice)),
    "a mail that is called sent": /held 0 times/.test(await problems(trueOne, doesNothing)),
    "a refused one that is done, by what was asked": refusing.includes("the sandbox was asked for"),
    "a refused one that is done, by what is held": refusing.includes("the sandbox holds something else"),
    "a plan that stands longer": (await problems(late, undefined, { ...world, clock })).includes(
      "holds something else",
    ),
    "a forger who has the challenge": (await problems(falseOne(knowingForger))).includes("holds something else"),
  };
}

/** @returns tools whose commits of known plans are the flaw's */
function flawed(tools: AssistantTools, flaw: Flaw): AssistantTools {
  const known = new Map<string, PlannedCall>();
  const ask: Ask = (name, args) => tools.call(name, args);
  return {
    ...tools,
    async call(name, args) {
      const planned = name === "commit" ? known.get((args as PlannedCall["commit"]).plan) : undefined;
      if (planned) return flaw(planned, () => ask(name, args), ask);
      const output = await ask(name, args);
      const commit = commitOf(args, output);
      known.set(commit.plan, { name, args, commit });
      return output;
    },
  };
}

const doesItTwice: Flaw = async ({ name, args }, commit, ask) => {
  const output = await commit();
  if (!output.isError) await ask("commit", commitOf(args, await ask(name, args)));
  return output;
};

const doesNothing: Flaw = () => Promise.resolve({ text: "{}", isError: false });

const saysNoAndDoesIt: Flaw = async ({ commit }, _, ask) => ({ ...(await ask("commit", commit)), isError: true });

/** @returns what commits the plan that an output gave */
function commitOf(args: unknown, { text }: ToolOutput): PlannedCall["commit"] {
  const { profile } = args as PlannedCall["commit"];
  const { plan, hash } = JSON.parse(text) as PlannedCall["commit"];
  return { profile, plan, hash };
}

const knowingForger: Forgery = async (scene) => {
  const planned = await scene.plan("asked");
  await forgeYes(scene, planned, await challengeOf(scene, planned));
  return [await scene.commit(planned)];
};
