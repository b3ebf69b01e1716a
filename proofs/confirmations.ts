import { changedMeanwhile } from "./support/changed-meanwhile.js";
import { ConfirmationScene, type Flaw } from "./support/confirmation-scene.js";
import { openConfirmationWorld, type ConfirmationWorld } from "./support/confirmation-world.js";
import { falseAnswers } from "./support/false-answers.js";
import { falseCalls, type Forgery } from "./support/false-calls.js";
import { challengeOf, forgedApprovals, forgeYes } from "./support/forged-approvals.js";
import { seededRandom } from "./support/mutate.js";
import { outcome, type Outcome } from "./support/proof.js";
import { refused, tryTrue } from "./support/true-confirmations.js";

export const name = "confirmations";
export const claim =
  "a plan is carried out only by the confirmation of exactly that plan, once, within five minutes; what is forged, replayed or altered does nothing";

const forgeries = Object.entries({ ...falseCalls, ...falseAnswers, ...forgedApprovals, ...changedMeanwhile });

/** So many of each are tried in one world, which grows with them. */
const atOnce = { full: 40, quick: 60 };
const seed = 20_261_130;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const wanted = full ? { true: 1_000, false: 1_000 } : { true: 24, false: 60 };
  const step = full ? atOnce.full : atOnce.quick;
  const random = seededRandom(seed);
  const problems: string[] = [];
  const done = { true: 0, false: 0 };
  while (done.true < wanted.true || done.false < wanted.false) {
    await using world = await openConfirmationWorld(16);
    await using tools = await world.open();
    const scene = new ConfirmationScene(world, tools, random);
    const count = Math.min(step, wanted.true - done.true);
    await tryTrue(scene, count);
    for (const end = Math.min(done.false + step, wanted.false); done.false < end; done.false++) {
      await tryFalse(scene, forgeries[done.false % forgeries.length]);
    }
    done.true += count;
    problems.push(...scene.problems);
  }
  return outcome(
    {
      figure: [
        `${problems.length} problems in ${done.true} true and ${done.false} false confirmations of ${forgeries.length} kinds`,
        ...problems.slice(0, 40),
      ].join("; "),
      target: `0 problems in ${wanted.true} true and ${wanted.false} false ones`,
      holds: problems.length === 0,
    },
    await controls(),
  );
}

async function tryFalse(scene: ConfirmationScene, forgery: readonly [string, Forgery] | undefined): Promise<void> {
  if (!forgery) return;
  const [what, forge] = forgery;
  const said = await forge(scene);
  if (said.length === 0) scene.problems.push(`${what}: nothing was tried`);
  await refused(scene, what, said);
}

async function controls(): Promise<Record<string, boolean>> {
  return {};
}
void challengeOf; void forgeYes; void (0 as unknown as Flaw | ConfirmationWorld);
