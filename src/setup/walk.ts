import type { SetupStep } from "../provider.js";
import { openProgress } from "./progress.js";
import type { SetupRun } from "./setup-options.js";

/** What of a service's steps is to be walked. */
export interface WalkOptions {
  /** `own`: those that other services' setups did not do already. */
  readonly steps: "all" | "own";
}

/**
 * Leads a person through what is done by hand, one step at a time. What is done is remembered, so that a setup that was
 * stopped goes on where it was. Of all steps the last one is only shown: what it gives is asked for afterwards.
 *
 * @returns what remembers that the last step is done as well
 */
export async function walkSteps(
  run: SetupRun,
  service: string,
  { steps: which }: WalkOptions,
): Promise<() => Promise<void>> {
  const { registry, prompter } = run;
  const steps = registry.getProvider(service).setup.steps.filter((step) => which === "all" || step.serves !== "issuer");
  const memory = await remember(run, service);
  const first = which === "all" ? await firstStep(run, steps, memory) : 0;
  const open = first < steps.length && (await shallOpen(run));
  const asked = which === "all" ? steps.length - 1 : steps.length;
  for (const [index, step] of steps.entries()) {
    if (index < first || (which === "own" && memory.isDone(step))) continue;
    const place = `Step ${index + 1} of ${steps.length}`;
    prompter.say(`\n${place}: ${step.title}\n${step.instruction}`);
    if (step.url !== undefined) await prompter.showAddress(step.url, { open, title: "It is done on this page" });
    if (index >= asked) continue;
    await prompter.ask(`${place}: press Enter when it is done`, { flag: "--credentials" });
    await memory.add(step);
  }
  const last = steps.at(-1);
  return async () => {
    if (which === "all" && last) await memory.add(last);
  };
}

/** Whether there is a step of the service's own that nobody has done yet. */
export async function hasOwnSteps(run: SetupRun, service: string): Promise<boolean> {
  const memory = await remember(run, service);
  return run.registry.getProvider(service).setup.steps.some((step) => step.serves !== "issuer" && !memory.isDone(step));
}

interface Memory {
  isDone(step: SetupStep): boolean;
  add(step: SetupStep): Promise<void>;
  clear(): Promise<void>;
}

/** What was done before for the service and its authorization server; a rehearsal at a sandbox is a place of its own. */
async function remember({ registry, sandbox }: SetupRun, service: string): Promise<Memory> {
  const { credentials } = registry.getProvider(service).setup;
  const at = sandbox === undefined ? "" : ` at ${sandbox}`;
  const places = {
    service: service + at,
    issuer: (credentials.kind === "oauth" ? credentials.endpoints.issuer : service) + at,
  };
  const progress = openProgress(registry.config.configDir);
  const done = { service: await progress.doneAt(places.service), issuer: await progress.doneAt(places.issuer) };
  return {
    isDone: ({ id, serves = "service" }) => done[serves].has(id),
    add: ({ id, serves = "service" }) => progress.add(places[serves], id),
    async clear() {
      await progress.clear(places.service);
      await progress.clear(places.issuer);
    },
  };
}

/** Where a walk begins that may have been begun before. */
async function firstStep({ prompter }: SetupRun, steps: readonly SetupStep[], memory: Memory): Promise<number> {
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
