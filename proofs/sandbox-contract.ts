import { chapters } from "./contract/chapters.js";
import type { Behaviour, Certainty } from "./contract/contract.js";
import { withGoogle, type Tamper } from "./contract/google.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "sandbox-contract";
export const claim = "the sandbox does as Google does, behaviour by behaviour, with a source for each";

/** Says yes to everything and nothing else, as a stand-in without any behaviour would. */
const hollow: Tamper = (sandbox) =>
  sandbox.failNext({ times: Number.MAX_SAFE_INTEGER, respond: { status: 200, body: {} } });

/** Refuses everything in the same words. */
const grim: Tamper = (sandbox) =>
  sandbox.failNext({ times: Number.MAX_SAFE_INTEGER, respond: { status: 418, body: { error: { code: 418 } } } });

export async function run(): Promise<Outcome> {
  const all = chapters.flatMap(({ behaviours }) => behaviours);
  const broken = await failuresOf(all);
  const [unlikeHollow, unlikeGrim] = [await failuresOf(all, hollow), await failuresOf(all, grim)];
  const count = (certainty: Certainty): number =>
    all.filter(({ certainty: each = "documented" }) => each === certainty).length;
  const names = broken.map(({ says, error }) => `\n         ${says}: ${error}`);
  return outcome(
    {
      figure:
        `${all.length - broken.length} of ${all.length} behaviours (${count("documented")} documented, ` +
        `${count("observed")} observed, ${count("setting")} settings)${names.join("")}`,
      target: `all ${all.length}`,
      holds: broken.length === 0 && new Set(all.map(({ says }) => says)).size === all.length,
    },
    {
      ...unnoticed("a service that says yes to everything", all, unlikeHollow),
      ...unnoticed("a service that refuses everything", all, unlikeGrim),
    },
  );
}

interface Failure {
  readonly says: string;
  readonly error: string;
}

async function failuresOf(behaviours: readonly Behaviour[], tamper?: Tamper): Promise<Failure[]> {
  const failures: Failure[] = [];
  for (const { says, check } of behaviours) {
    try {
      await withGoogle(check, tamper);
    } catch (error) {
      failures.push({ says, error: error instanceof Error ? (error.message.split("\n")[0] ?? "") : String(error) });
    }
  }
  return failures;
}

/** Every check must notice a service without the behaviour; one that does not shows nothing, and is named. */
function unnoticed(what: string, all: readonly Behaviour[], failures: readonly Failure[]): Record<string, boolean> {
  const failed = new Set(failures.map(({ says }) => says));
  const blind = all.filter(({ says }) => !failed.has(says));
  return { [`${what}${blind.map(({ says }) => `, by "${says}"`).join("")}`]: blind.length === 0 };
}
