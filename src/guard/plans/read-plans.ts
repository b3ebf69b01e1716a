import type { Clock } from "../../core/clock.js";
import { integrationError } from "../../core/errors.js";
import { listFolder } from "../../credentials/record-files.js";
import { readAnswer, writeAnswer } from "./answer.js";
import { requireOwnFolder } from "./own-files.js";
import { planFolder, planIdOf, readPlanFile, type ShownPlan } from "./plan-file.js";
import { isSame, planHash, typedPlanId } from "./plan-identity.js";
import type { Plan } from "./plan.js";

/**
 * The plans of all sessions to which a person has not answered yet, the oldest first. Files that are no plan are left out:
 * who asks for one is told what it is.
 *
 * @throws ConfigurationError `config.unsafe` when somebody else may have put them there, `config.invalid_file`
 */
export async function waitingPlans(configDir: string, clock: Clock): Promise<Plan[]> {
  const folder = planFolder(configDir);
  if (!requireOwnFolder(folder)) return [];
  const names = await listFolder(folder);
  return names
    .flatMap((name) => planIdOf(name) ?? [])
    .flatMap((id) => readable(configDir, id) ?? [])
    .filter((shown) => isStanding(shown, clock) && readAnswer(configDir, shown) === "waiting")
    .map(({ plan }) => plan)
    .sort((one, other) => one.madeAt - other.madeAt || (one.id < other.id ? -1 : 1));
}

/**
 * A plan as it is to be shown to a person, who may have answered already and change their mind.
 *
 * @param id - as it was typed
 * @throws RequestError `request.not_found` when there is none or its time is over; ConfigurationError `config.unsafe`
 * when its file may be somebody else's, `config.invalid_file` when it is damaged or was changed
 */
export async function readPlan(configDir: string, id: string, clock: Clock): Promise<ShownPlan> {
  const known = typedPlanId(id);
  const shown = known === undefined ? undefined : readPlanFile(configDir, known);
  if (shown && isStanding(shown, clock)) return shown;
  const waiting = (await waitingPlans(configDir, clock)).map((plan) => plan.id);
  throw integrationError("request.not_found", {
    message: `There is no plan "${id.slice(0, 40)}" any more, or there never was.`,
    hint:
      waiting.length === 0
        ? "No plan is waiting; a plan stands for five minutes, then the assistant has to make it again."
        : `Give one of those that are waiting: ${waiting.join(", ")}.`,
    details: { waiting },
  });
}

/**
 * Tells the session that made a plan what the person said, who was shown it.
 *
 * @throws RequestError `request.plan_invalid` when it ended meanwhile; ConfigurationError `config.invalid_file` when
 * another stands in its place by now; `config.unsafe`
 */
export async function answerPlan(configDir: string, shown: ShownPlan, agreed: boolean, clock: Clock): Promise<void> {
  const { id } = shown.plan;
  const current = readPlanFile(configDir, id);
  if (!current || !isStanding(current, clock)) {
    throw integrationError("request.plan_invalid", { message: `Plan ${id} ended meanwhile, and was not answered.` });
  }
  if (!isSame(planHash(shown.plan), planHash(current.plan))) {
    throw integrationError("config.invalid_file", {
      message: `Plan ${id} was changed while it was shown, and was not answered.`,
      hint: "Do not approve it; ask the assistant for the change again.",
    });
  }
  await writeAnswer(configDir, shown, agreed);
}

function readable(configDir: string, id: string): ShownPlan | undefined {
  try {
    return readPlanFile(configDir, id);
  } catch {
    return undefined; // told when it is asked for
  }
}

function isStanding({ plan }: ShownPlan, clock: Clock): boolean {
  return clock.now() < plan.expiresAt;
}
