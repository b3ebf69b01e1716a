import { ended } from "./ended.js";
import { oneOf } from "./one-of.js";
import { isIntegrationError, type CredentialManager } from "maigic-integrations";
import type { GoogleSandbox } from "maigic-integrations/sandbox";
import type { ProfileModel } from "./profile-model.js";
import { redirectUri, services } from "./world.js";

/** Where sequences of operations are tried. */
export interface ProfileScene {
  /** Managers of one store, as two processes have them. */
  readonly managers: readonly CredentialManager[];
  readonly sandbox: GoogleSandbox;
  /** Lets the time pass in which one process notices what another has done. */
  readonly settle: () => void;
  readonly model: ProfileModel;
  readonly people: readonly string[];
}

const names = ["default", "work", "ann@example.com"];
const steps = 8;

/** Eight random operations, from whatever the last sequence left. @returns what was not as it must be */
export async function tryProfiles(scene: ProfileScene): Promise<string[]> {
  const problems: string[] = [];
  for (let step = 0; step < steps; step++) {
    const operation = oneOf(operations);
    const problem = await operation(scene, oneOf(scene.managers));
    if (problem !== undefined) problems.push(problem);
    scene.settle();
  }
  problems.push(...(await callAll(scene)));
  return problems;
}

type Operation = (scene: ProfileScene, manager: CredentialManager) => Promise<string | undefined>;

const link: Operation = (scene, manager) => signIn(scene, manager, [oneOf(services)]);

const linkTogether: Operation = (scene, manager) => signIn(scene, manager, oneOf([services, [...services].reverse()]));

async function signIn(
  { sandbox, model, people }: ProfileScene,
  manager: CredentialManager,
  [service = "", ...alsoFor]: readonly string[],
): Promise<string | undefined> {
  const [userId, person] = [oneOf(names), oneOf(people)];
  const profiles = [service, ...alsoFor].map((each) => `${each}/${userId}`);
  const expected = model.mayLink(profiles, person) ? "done" : "auth.wrong_account";
  const { url } = await manager.beginConsent(service, { userId, redirectUri, alsoFor });
  const callback = await sandbox.approve(url, { user: person });
  const end = await ended(manager.completeConsent(callback, { userId }));
  if (end === "done") model.link(profiles, person);
  return end === expected ? undefined : `${person} signed in to ${profiles.join(" and ")}: ${end}`;
}

const unlink: Operation = async ({ model }, manager) => {
  const [service, name] = [oneOf(services), oneOf(names)];
  const profile = `${service}/${name}`;
  const expected = model.grants.has(profile) ? "done" : "config.profile_not_found";
  const end = await ended(manager.deleteCredentials(service, name));
  const grant = model.grants.get(profile);
  if (end === "done") model.unlink(profile);
  if (end !== expected) return `${profile} was removed: ${end}`;
  const heirs = [...model.grants].filter(([, each]) => each === grant).map(([each]) => each);
  if (grant?.holder !== profile || heirs.length === 0) return undefined;
  const summaries = await manager.listProfiles();
  const holders = summaries.filter(
    (each) => heirs.includes(`${each.service}/${each.userId}`) && each.sharesWith === undefined,
  );
  grant.holder = holders[0] ? `${holders[0].service}/${holders[0].userId}` : "";
  return holders.length === 1 ? undefined : `${holders.length} hold what ${profile} left`;
};

const rename: Operation = async ({ model }, manager) => {
  const [service, name, newName] = [oneOf(services), oneOf(names), oneOf(names)];
  const [profile, other] = [`${service}/${name}`, `${service}/${newName}`];
  const conflict = name !== newName && model.grants.has(other) ? "request.conflict" : "done";
  const expected = model.grants.has(profile) ? conflict : "config.profile_not_found";
  const end = await ended(manager.renameProfile(service, name, newName));
  if (end === "done") model.rename(profile, other);
  return end === expected ? undefined : `${profile} was renamed to ${newName}: ${end}`;
};

/** Renews one while all the others are called. */
const refresh: Operation = async (scene, manager) => {
  const [service, name] = [oneOf(services), oneOf(names)];
  const linked = scene.model.grants.has(`${service}/${name}`);
  const [end, problems] = await Promise.all([
    ended(manager.getAccessToken(service, name, { forceRefresh: true })),
    callAll(scene),
  ]);
  if (problems.length > 0) return problems.join(", ");
  return end === (linked ? "done" : "config.profile_not_found") ? undefined : `${service}/${name} was renewed: ${end}`;
};

/** Renames one there and back while those that have nothing to do with it are called. */
const renameAmidCalls: Operation = async (scene, manager) => {
  const profile = [...scene.model.grants.keys()][0];
  if (profile === undefined) return undefined;
  const [service = "", name = ""] = profile.split("/");
  const touched = scene.model.sharing(profile);
  const others = [...scene.model.grants.keys()].filter((each) => !touched.includes(each));
  const thereAndBack = async (): Promise<void> => {
    await manager.renameProfile(service, name, "elsewhere");
    await manager.renameProfile(service, "elsewhere", name);
  };
  const [end, problems] = await Promise.all([ended(thereAndBack()), callThese(scene, others)]);
  return end === "done" ? problems[0] : `${profile} was renamed amid calls: ${end}`;
};

const operations: readonly Operation[] = [link, link, linkTogether, unlink, rename, refresh, renameAmidCalls];

/** Calls every profile that there may be, in parallel, in each process. */
async function callAll(scene: ProfileScene): Promise<string[]> {
  return callThese(
    scene,
    services.flatMap((service) => names.map((name) => `${service}/${name}`)),
  );
}

async function callThese(scene: ProfileScene, profiles: readonly string[]): Promise<string[]> {
  const calls = scene.managers.flatMap((manager) => profiles.map((profile) => call(scene, manager, profile)));
  return (await Promise.all(calls)).flatMap((problem) => problem ?? []);
}

async function call(
  { model, sandbox }: ProfileScene,
  manager: CredentialManager,
  profile: string,
): Promise<string | undefined> {
  const [service = "", name = ""] = profile.split("/");
  const given = await manager.getAccessToken(service, name).catch((error: unknown) => error);
  if (given instanceof Error) {
    const expected = !model.grants.has(profile) && isIntegrationError(given, "config.profile_not_found");
    return expected ? undefined : `${profile} gave no token: ${given.message}`;
  }
  const token = (given as { reveal(): string }).reveal();
  const personOf = async (of: string): Promise<string> => {
    const response = await fetch(`${sandbox.url}/tokeninfo?access_token=${encodeURIComponent(of)}`);
    const { email } = (await response.json()) as { email?: string };
    return email ?? "nobody";
  };
  return (await model.owns(profile, token, personOf)) ? undefined : `${profile} got a token that is not its own`;
}
