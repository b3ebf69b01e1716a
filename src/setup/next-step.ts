import { profileFlag, renameCommand, setupCommand } from "../credentials/names.js";
import type { ProfileDiagnosis } from "../credentials/types.js";

/** The one thing to do about a profile; undefined when there is nothing. */
export function nextStep({ service, userId, state, renamingTo }: ProfileDiagnosis): string | undefined {
  if (renamingTo !== undefined) return renameCommand(service, userId, renamingTo);
  switch (state) {
    case "ready":
      return undefined;
    case "key_unavailable":
      return "bring back the key that sealed this vault";
    case "unreadable":
      return "restore that file from a backup, or remove it and set the profile up again";
    default:
      return setupCommand(service, userId);
  }
}

/** What to try first with a service that is connected, where the command line has something for its kind. */
export function firstCommand({ kind, userId }: { readonly kind: string; readonly userId: string }): string | undefined {
  const command = { email: "email recent --limit 5", calendar: "calendar agenda" }[kind];
  return command === undefined ? undefined : `npx maigic-integrations ${command}${profileFlag(userId)}`;
}
