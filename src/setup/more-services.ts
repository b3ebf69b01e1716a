import type { Group } from "./connect.js";
import { authorizationServerOf, titleOf, titlesOf, type SetupRun } from "./setup-options.js";

/**
 * Offers the other services of the authorization server that somebody has just signed in at: the same app is good for them,
 * and if the person wants, the same sign-in.
 *
 * @returns what is to be connected besides
 */
export async function offerMore(run: SetupRun, groups: readonly Group[]): Promise<Group[]> {
  const { prompter, manager, registry, services = [], all, yes } = run;
  if (!prompter.interactive || services.length > 0 || all || yes || run.serviceAccount) return [];
  const more: Group[] = [];
  for (const group of groups) {
    const [first] = group.services;
    const server = authorizationServerOf(run, first);
    if (server === undefined) continue;
    const taken = new Set([...groups, ...more].flatMap((each) => (each.userId === group.userId ? each.services : [])));
    for (const { name, available } of Object.values(registry.getAvailableIntegrations())) {
      if (!available || taken.has(name) || authorizationServerOf(run, name) !== server) continue;
      const profiles = await manager.listProfiles(name);
      if (profiles.some(({ userId, state }) => userId === group.userId && state === "ready")) continue;
      const answer = await ask(run, name, group);
      if (answer === "same") more.push({ ...group, services: [...group.services, name] });
      if (answer === "own") more.push({ ...group, services: [name] });
      taken.add(name);
    }
  }
  return more;
}

async function ask(run: SetupRun, name: string, { services }: Group): Promise<string> {
  return run.prompter.choose(
    `Do you want ${titleOf(run, name)} as well? The same app is good for it.`,
    [
      { value: "no", label: "No, not now" },
      { value: "own", label: "Yes, with a sign-in of its own" },
      { value: "same", label: `Yes, with one sign-in for ${titlesOf(run, [...services, name])}` },
    ],
    { flag: "--service" },
  );
}
