import type { SetupStep } from "../provider.js";
import { openProgress } from "./progress.js";
import type { SetupRun } from "./setup-options.js";

/** What of the services' steps is to be walked. */
export interface WalkOptions {
  /** `own`: those that other services' setups did not do already. */
  readonly steps: "all" | "own";
}

/** A step, and whose it is. */
interface OwnedStep extends SetupStep {
  readonly service: string;
}

/**
 * Leads a person through what is done by hand, one step at a time. What is done is remembered, so that a setup that was
 * stopped goes on where it was. Of all steps the last one is only shown: what it gives is asked for afterwards.
 *
 * @param services - all of one authorization server
 * @returns what remembers that the last step is done as well
 */
export async function walkSteps(
  run: SetupRun,
  services: readonly [string, ...string[]],
  { steps: which }: WalkOptions,
): Promise<() => Promise<void>> {
  const { prompter } = run;
  const memory = await remember(run, services);
  const steps = which === "all" ? allSteps(run, services) : ownSteps(run, services);
  const first = which === "all" ? await firstStep(run, steps, memory) : 0;
  const open = first < steps.length && (await shallOpen(run));
  const asked = which === "all" ? steps.length - 1 : steps.length;
  for (const [index, step] of steps.entries()) {
    if (index < first || (which === "own" && memory.isDone(step))) continue;
    const place = `Step ${index + 1} of ${steps.length}`;
    prompter.say(`\n${place}: ${step.title}\n${step.instruction}`);
    if (step.url !== undefined) await prompter.showAddress(step.url, { open, title: step.title });
    if (index >= asked) continue;
    await prompter.ask(`${place}: press Enter when it is done`, { flag: "--credentials" });
    await memory.add(step);
  }
  const last = steps.at(-1);
  return async () => {
    if (which === "all" && last) await memory.add(last);
  };
}

/** Whether there is a step of the services' own that nobody has done yet. */
export async function hasOwnSteps(run: SetupRun, services: readonly [string, ...string[]]): Promise<boolean> {
  const memory = await remember(run, services);
  return ownSteps(run, services).some((step) => !memory.isDone(step));
}

/** The first service's steps, with what the others need of their own behind its own. */
function allSteps(run: SetupRun, [service, ...others]: readonly [string, ...string[]]): OwnedStep[] {
  const steps = stepsOf(run, service);
  const behind = steps.findLastIndex(isOwn) + 1;
  return [...steps.slice(0, behind), ...ownSteps(run, others), ...steps.slice(behind)];
}

function ownSteps(run: SetupRun, services: readonly string[]): OwnedStep[] {
  return services.flatMap((service) => stepsOf(run, service).filter(isOwn));
}

function stepsOf({ registry }: SetupRun, service: string): OwnedStep[] {
  return registry.getProvider(service).setup.steps.map((step) => ({ ...step, service }));
}

function isOwn({ serves = "service" }: SetupStep): boolean {
  return serves === "service";
}

interface Memory {
  isDone(step: OwnedStep): boolean;
  add(step: OwnedStep): Promise<void>;
  clear(): Promise<void>;
}

/** What was done before for the services and their authorization server; a rehearsal at a sandbox is a place of its own. */
async function remember({ registry, sandbox }: SetupRun, services: readonly [string, ...string[]]): Promise<Memory> {
  const { credentials } = registry.getProvider(services[0]).setup;
  const at = sandbox === undefined ? "" : ` at ${sandbox}`;
  const issuer = (credentials.kind === "oauth" ? credentials.endpoints.issuer : services[0]) + at;
  const placeOf = (step: OwnedStep): string => (isOwn(step) ? step.service + at : issuer);
  const progress = openProgress(registry.config.configDir);
  const done = new Map<string, ReadonlySet<string>>();
  for (const place of [issuer, ...services.map((service) => service + at)]) {
    done.set(place, await progress.doneAt(place));
  }
  return {
    isDone: (step) => done.get(placeOf(step))?.has(step.id) === true,
    add: (step) => progress.add(placeOf(step), step.id),
    async clear() {
      for (const place of done.keys()) await progress.clear(place);
    },
  };
}

/** Where a walk begins that may have been begun before. */
async function firstStep({ prompter }: SetupRun, steps: readonly OwnedStep[], memory: Memory): Promise<number> {
  const open = steps.findIndex((step) => !memory.isDone(step));
  const next = open === -1 ? steps.length - 1 : open;
  if (next <= 0) return 0;
  const answer = await prompter.choose(
    "You have begun this before. Where do you want to go on?",
    [
      { value: "on", label: `Step ${next + 1} of ${steps.length}: ${steps[next]?.title ?? ""}` },
      { value: "anew", label: `Step 1 of ${steps.length}: ${steps[0]?.title ?? ""}` },
    ],
    { flag: "--credentials" },
  );
  if (answer === "on") return next;
  await memory.clear();
  return 0;
}

async function shallOpen({ prompter, openBrowser = true, sandbox }: SetupRun): Promise<boolean> {
  if (sandbox !== undefined) {
    prompter.say("This is a rehearsal: nothing has to be done on these pages, so they are not opened.");
    return false;
  }
  return (
    openBrowser && (await prompter.confirm("Open each page in your browser?", { initial: true, flag: "--no-browser" }))
  );
}
