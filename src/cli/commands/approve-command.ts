import { systemClock, type Clock } from "../../core/clock.js";
import { integrationError } from "../../core/errors.js";
import { machineTimeZone } from "../../core/zoned-time.js";
import type { Plan } from "../../guard/plans/plan.js";
import { answerPlan, readPlan, waitingPlans } from "../../guard/plans/read-plans.js";
import { getRegistry } from "../../integrations.js";
import type { ProgramContext } from "../definitions/command.js";
import { isAgreed } from "../terminal/agreement.js";
import { lookOf } from "../terminal/look.js";
import { print, printJson } from "../terminal/print.js";
import { printView } from "../terminal/print-view.js";
import { planListView, planQuestion, planView } from "../views/plan.js";
import { render } from "../views/render.js";
import { calendarTime } from "../views/times.js";
import type { ViewContext } from "../views/view.js";

/** Flags of `approve`. */
export interface ApproveFlags {
  readonly show?: boolean;
  readonly json?: boolean;
}

/** What `approve` works with. */
export interface ApproveContext extends Pick<ProgramContext, "registry" | "prompter"> {
  /** Default: the machine's. */
  readonly clock?: Clock;
}

const answeredNo = 1;

/**
 * `approve`: lists the plans that wait for a person, or shows one whole and asks.
 *
 * @returns the exit code
 */
export async function approveCommand(
  { registry, prompter, clock = systemClock }: ApproveContext,
  id: string | undefined,
  { show, json }: ApproveFlags,
): Promise<number> {
  const { configDir } = (registry ?? getRegistry()).config;
  if (id === undefined) {
    const plans = await waitingPlans(configDir, clock);
    if (json) printJson({ plans });
    else printView(planListView(plans, contextOf(clock)));
    return 0;
  }
  const shown = await readPlan(configDir, id, clock);
  const { plan } = shown;
  if (show) {
    if (json) printJson(plan);
    else printView(planView(plan, contextOf(clock, plan)));
    return 0;
  }
  if (json) throw asksNothing();
  const agreed = await isAgreed(prompter, {
    shown: () => `${render(planView(plan, contextOf(clock, plan)), lookOf(process.stderr))}\n\n`,
    ...{ question: planQuestion(plan), left: "Nothing was answered; the plan still waits." },
    nobodyToAsk: () => nobodyToAsk(plan),
  });
  await answerPlan(configDir, shown, agreed, clock);
  print(agreed ? `Approved. The assistant may carry it out until ${endOf(plan)}.` : "Declined.");
  return agreed ? 0 : answeredNo;
}

function contextOf(clock: Clock, plan?: Plan): ViewContext {
  return { now: clock.now(), timeZone: machineTimeZone(), profile: plan?.profile ?? "" };
}

function endOf({ expiresAt }: Plan): string {
  return calendarTime(expiresAt, machineTimeZone())?.clock ?? "";
}

function nobodyToAsk({ id }: Plan): Error {
  return integrationError("config.missing_variable", {
    message: "Only a person can approve it, and nobody is there to be asked; nothing was approved.",
    hint: `Run in a terminal: npx maigic-integrations approve ${id}. With --show it is only shown.`,
    details: { plan: id },
  });
}

function asksNothing(): Error {
  return integrationError("config.invalid", {
    message: "With --json nothing is asked, so a plan can only be shown.",
    hint: "Add --show, or leave --json out to be asked.",
    details: { flag: "--json" },
  });
}
