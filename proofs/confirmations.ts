import { changedMeanwhile } from "./support/changed-meanwhile.js";
import { confirmationControls } from "./support/confirmation-controls.js";
import { ConfirmationScene } from "./support/confirmation-scene.js";
import { openConfirmationWorld } from "./support/confirmation-world.js";
import { falseAnswers } from "./support/false-answers.js";
import { falseCalls } from "./support/false-calls.js";
import { forgedApprovals } from "./support/forged-approvals.js";
import { seededRandom } from "./support/mutate.js";
import { outcome, type Outcome } from "./support/proof.js";
import { tryFalse, tryTrue } from "./support/tried-confirmations.js";

export const name = "confirmations";
export const claim =
  "a plan is carried out only by the confirmation of exactly that plan, once, within five minutes; what is forged, replayed or altered does nothing";

const forgeries = Object.entries({ ...falseCalls, ...falseAnswers, ...forgedApprovals, ...changedMeanwhile });

interface Counts {
  readonly trueOnes: number;
  readonly falseOnes: number;
}

/** How many are tried in one world, which gets slower as it grows, and how many things of each kind they use up. */
const perWorld = {
  full: { trueOnes: 40, falseOnes: 40, things: 16 },
  quick: { trueOnes: 24, falseOnes: forgeries.length, things: 10 },
};

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const { things, ...step } = full ? perWorld.full : perWorld.quick;
  const wanted: Counts = full ? { trueOnes: 1_000, falseOnes: 1_000 } : step;
  const random = seededRandom(20_261_130);
  const problems: string[] = [];
  for (let world = 0; world < wanted.trueOnes / step.trueOnes; world++) {
    problems.push(...(await tryWorld(step, things, random, world * step.falseOnes)));
  }
  return outcome(
    {
      figure: [
        `${problems.length} problems in ${wanted.trueOnes} true and ${wanted.falseOnes} false confirmations of ${forgeries.length} kinds`,
        ...problems.slice(0, 5),
      ].join("; "),
      target: `0 problems in ${wanted.trueOnes} true and ${wanted.falseOnes} false ones`,
      holds: problems.length === 0,
    },
    await confirmationControls(),
  );
}

/** @param first - the number of the first false one, which goes on with the kinds where the last world ended */
async function tryWorld(
  { trueOnes, falseOnes }: Counts,
  things: number,
  random: () => number,
  first: number,
): Promise<readonly string[]> {
  await using world = await openConfirmationWorld(things);
  await using tools = await world.open();
  const scene = new ConfirmationScene(world, tools, random);
  await tryTrue(scene, trueOnes);
  for (let number = first; number < first + falseOnes; number++) {
    await tryFalse(scene, forgeries[number % forgeries.length] ?? ["none", undefined]);
  }
  return scene.problems;
}
