import { integrationError } from "../../core/errors.js";
import type { ProfileSummary } from "../../credentials/types.js";
import type { IntegrationRegistry } from "../../registry.js";
import { credentialsOf, type CredentialFlags } from "./credential-flags.js";
import { print, printJson } from "../terminal/print.js";
import { stopped } from "../terminal/stopped.js";
import { terminalPrompter } from "../terminal/terminal-prompter.js";

/** `profiles rename`: another name for a profile of a service. */
export async function profileRenameCommand(
  given: IntegrationRegistry | undefined,
  [service, name, newName]: readonly [string, string, string],
  flags: CredentialFlags,
): Promise<void> {
  const credentials = credentialsOf(given, flags);
  const profile = await credentials.renameProfile(service, name, newName);
  if (flags.json) printJson({ profile });
  else print(`${profile.service}: "${name}" is called "${profile.userId}" now.`);
}

/** How a profile is removed. */
export interface RemoveFlags extends CredentialFlags {
  readonly revoke?: boolean;
  readonly dryRun?: boolean;
  readonly yes?: boolean;
}

/** `profiles remove`: forgets a profile of a service. Whose access a revocation ends as well is shown first. */
export async function profileRemoveCommand(
  given: IntegrationRegistry | undefined,
  [service, name]: readonly [string, string],
  { json, revoke, dryRun, yes, ...flags }: RemoveFlags,
): Promise<void> {
  const credentials = credentialsOf(given, flags);
  if (revoke && !dryRun && !yes) {
    const preview = await credentials.deleteCredentials(service, name, { revoke, dryRun: true });
    if (preview.alsoAffected.length > 0) await confirm(preview.alsoAffected);
  }
  const { alsoAffected } = await credentials.deleteCredentials(service, name, { revoke, dryRun });
  if (json) {
    printJson({ removed: dryRun !== true, alsoAffected });
    return;
  }
  const ended = revoke === true ? " and its access ended at the service" : "";
  print(dryRun ? `"${name}" would be removed${ended}.` : `"${name}" was removed${ended}.`);
  if (alsoAffected.length === 0) return;
  print(
    `\nThe service ends the access of the whole account at once, so ${dryRun ? "these would need" : "these need"} a new sign-in:`,
  );
  for (const profile of alsoAffected) print(`  ${describeProfile(profile)}`);
}

/** @throws ConfigurationError `config.missing_variable` when nobody is there to ask */
async function confirm(affected: readonly ProfileSummary[]): Promise<void> {
  const message = endsAccessOf(affected);
  const prompter = terminalPrompter();
  if (!prompter.interactive) {
    throw integrationError("config.missing_variable", {
      message,
      hint: "Add --yes to end them all, or leave --revoke out; nothing was changed.",
      details: { flag: "--yes" },
    });
  }
  prompter.say(message);
  if (!(await prompter.confirm("End them all?", { flag: "--yes" }))) throw stopped();
}

/** What a person is told before a revocation that ends the access of other profiles as well. */
export function endsAccessOf(affected: readonly ProfileSummary[]): string {
  return `The service ends the access of the whole account at once, also that of ${affected.map(describeProfile).join("; ")}.`;
}

/** A profile in a sentence. */
export function describeProfile({
  service,
  userId,
  account,
}: Pick<ProfileSummary, "service" | "userId" | "account">): string {
  return `${service}, profile "${userId}"${account === undefined ? "" : `, ${account}`}`;
}
