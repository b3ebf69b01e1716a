import { integrationError } from "../core/errors.js";

/** The profile whose files stand at the top of each service's folder. */
export const defaultProfile = "default";

const forbidden = /[\u0000-\u001f\u007f-\u009f/\\\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]/u;

/**
 * A profile's name, checked. E-mail addresses, UUIDs and `auth0|abc` are fine; it is compared exactly.
 *
 * @throws ConfigurationError `config.invalid_profile`
 */
export function requireUserId(userId: unknown): string {
  if (typeof userId !== "string") {
    throw integrationError("config.invalid_profile", { message: "A profile's name is a text, and none was given." });
  }
  const problem = problemOf(userId);
  if (problem === undefined) return userId;
  throw integrationError("config.invalid_profile", {
    message: `The profile name ${JSON.stringify(userId.slice(0, 60))} ${problem}.`,
    details: { userId: userId.slice(0, 200) },
  });
}

/**
 * Names a profile by a service's own name; without a user it is the configuration's default one.
 *
 * @throws ConfigurationError `config.unknown_service`, `config.invalid_profile`
 */
export function profileNamer(options: {
  readonly nameOf: (service: string) => string;
  readonly config: { readonly defaultUser: string };
}): (service: string, userId: string | undefined) => [service: string, userId: string] {
  return (service, userId) => [
    requireServiceName(options.nameOf(service)),
    requireUserId(userId ?? options.config.defaultUser),
  ];
}

/** Whether a text can be a profile's name. */
export function isUserId(text: string): boolean {
  return problemOf(text) === undefined;
}

/** A service's name, checked: it becomes a folder's. @throws ConfigurationError `config.unknown_service` */
export function requireServiceName(service: string): string {
  if (/^[a-z0-9][a-z0-9_-]{0,63}$/.test(service)) return service;
  throw integrationError("config.unknown_service", {
    message: `${JSON.stringify(service.slice(0, 60))} cannot be the name of a service.`,
    hint: "Service names are made of small letters, digits, hyphens and underscores.",
  });
}

/** The command that sets a service and profile up, or signs in again. */
export function setupCommand(service: string, userId: string): string {
  return `npx maigic-integrations-setup --service ${service}${profileFlag(userId)}`;
}

/** The command that finishes a sign-in by the address that its consent page ended at. */
export function pasteCommand(userId: string): string {
  return `npx maigic-integrations-setup${profileFlag(userId)} --paste 'ADDRESS'`;
}

/** The command that gives a profile another name, or finishes that. */
export function renameCommand(service: string, userId: string, newName: string): string {
  return `npx maigic-integrations profiles rename ${service} ${shellWord(userId)} ${shellWord(newName)}`;
}

/** The flag that names a profile in a command, after a space; nothing for the default one. */
export function profileFlag(userId: string): string {
  return userId === defaultProfile ? "" : ` --profile ${shellWord(userId)}`;
}

/** One word of a command that people paste: nothing in it means anything to their shell. */
export function shellWord(word: string): string {
  if (/^[\w@.+-]+$/.test(word)) return word;
  // No quotes stop cmd.exe and PowerShell from reading % and $: such a name is typed by hand there.
  if (process.platform === "win32") return /["%$`!^]/.test(word) ? "NAME" : `"${word}"`;
  return `'${word.replaceAll("'", String.raw`'\''`)}'`;
}

function problemOf(userId: string): string | undefined {
  if (userId.length === 0) return "is empty";
  if (Array.from(userId).length > 200) return "is longer than 200 characters";
  if (forbidden.test(userId)) return "has a slash, a backslash, or control or direction characters";
  if (!userId.isWellFormed() || userId.normalize("NFC") !== userId) return "is not in Unicode's composed form (NFC)";
  return undefined;
}
