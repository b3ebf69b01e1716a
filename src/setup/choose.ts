import { integrationError } from "../core/errors.js";
import { isUserId } from "../credentials/names.js";
import type { AccessLevel, ProfileSummary } from "../credentials/types.js";
import { titleOf, titlesOf, type SetupRun, type Target } from "./setup-options.js";
import { listStatus, type StatusLine } from "./status.js";

/** The services that are to be set up: those that are named, all, or those that the person takes. */
export async function chooseServices(run: SetupRun): Promise<string[]> {
  const { registry, prompter, services = [], all } = run;
  if (services.length > 0) return [...new Set(services.map((name) => registry.getProvider(name).getName()))];
  const known = Object.values(registry.getAvailableIntegrations());
  if (all) return known.filter(({ available }) => available).map(({ name }) => name);
  if (!prompter.interactive) {
    throw integrationError("config.missing_variable", {
      message: "Which service is to be set up is not said: --service is missing, and nobody is there to be asked.",
      hint: `Add --service with one of: ${known.map(({ name }) => name).join(", ")}; or --all.`,
      details: { flag: "--service" },
    });
  }
  const lines = await listStatus(registry, run.where);
  const choices = known.map(({ name, title }) => ({
    value: name,
    label: title,
    hint: lines
      .filter((line) => line.service === name)
      .map(hintOf)
      .join("; "),
  }));
  const userId = run.userId ?? registry.config.defaultUser;
  const isReady = (name: string): boolean =>
    lines.some(({ service, profile, state }) => service === name && profile === userId && state === "ready");
  return prompter.chooseSeveral("Which services do you want to set up?", choices, {
    flag: "--service",
    initial: known.filter(({ name, available }) => available && !isReady(name)).map(({ name }) => name),
  });
}

function hintOf({ profile, state, account, problem, available, enabled }: StatusLine): string {
  if (!available) return problem ?? "not installed";
  if (state === "needs_setup") return "not set up yet";
  const who = account === undefined ? "" : ` as ${account}`;
  return `${profile}: ${state.replaceAll("_", " ")}${who}${enabled ? "" : ", not switched on"}`;
}

/** A profile, and whether somebody is to sign in for it or it is only tried out. */
export interface ChosenTarget extends Target {
  readonly testOnly: boolean;
}

/** What is to be done about a profile: one that is ready may be left as it is, or another one be meant. */
export async function chooseTarget(run: SetupRun, target: Target): Promise<ChosenTarget> {
  const { prompter, manager } = run;
  const profiles = await manager.listProfiles(target.service);
  const ready = profiles.find(({ userId, state }) => userId === target.userId && state === "ready");
  if (!ready || !prompter.interactive || isDecided(run)) return { ...target, testOnly: false };
  const as = ready.account === undefined ? "" : ` as ${ready.account}`;
  const answer = await prompter.choose(
    `${titleOf(run, target.service)} is connected${as}, profile "${target.userId}". What do you want to do?`,
    [
      { value: "test", label: "Only test it" },
      { value: "again", label: "Set it up again" },
      { value: "another", label: "Set up another profile", hint: "such as work or personal" },
    ],
    { flag: "--profile" },
  );
  if (answer !== "another") return { ...target, testOnly: answer === "test" };
  const userId = await prompter.ask("Name of the other profile", {
    placeholder: "work",
    flag: "--profile",
    check: (name) => nameProblem(name, profiles),
  });
  return { service: target.service, userId, testOnly: false };
}

/** Who says on the command line with what to sign in means to do it. */
function isDecided({ yes, clientFile, access, account, serviceAccount }: SetupRun): boolean {
  return yes === true || [clientFile, access, account, serviceAccount].some((given) => given !== undefined);
}

function nameProblem(name: string, profiles: readonly ProfileSummary[]): string | undefined {
  if (!isUserId(name)) return "A profile's name has 1 to 200 characters, and no slash, backslash or control character.";
  if (profiles.some(({ userId }) => userId === name)) return `There is a profile "${name}" already.`;
  return undefined;
}

const levels: readonly { readonly value: AccessLevel; readonly label: string; readonly hint: string }[] = [
  { value: "read", label: "Read", hint: "look at everything, change nothing" },
  { value: "write", label: "Read and write", hint: "also write, send, answer, sort and change" },
  { value: "full", label: "Everything", hint: "also delete for good" },
];

/** How much is to be allowed; undefined leaves it as it is, or at `write`. */
export async function chooseAccess(run: SetupRun, targets: readonly Target[]): Promise<AccessLevel | undefined> {
  const { access, prompter, manager, yes } = run;
  if (access !== undefined || !prompter.interactive || yes || targets.length === 0) return access;
  const [first] = await Promise.all(
    targets.map(
      async ({ service, userId }) =>
        (await manager.listProfiles(service)).find((profile) => profile.userId === userId)?.access,
    ),
  );
  const services = [...new Set(targets.map(({ service }) => service))];
  const answer = await prompter.choose(`How much may it do in ${titlesOf(run, services)}?`, levels, {
    initial: first ?? "write",
    flag: "--access",
  });
  return levels.find(({ value }) => value === answer)?.value;
}
