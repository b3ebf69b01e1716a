import type { Command } from "commander";
import type { CredentialFlags } from "../commands/credential-flags.js";
import type { RemoveFlags } from "../commands/profiles-command.js";
import { command, withCommonOptions, type ProgramContext } from "./command.js";

/** `profiles`: lists, renames or removes the profiles of services. */
export function profilesCommand({ registry }: ProgramContext): Command {
  const profiles = command("profiles").description("lists, renames or removes the profiles of services");
  withCommonOptions(profiles.command("list").description("every service and profile with its true state"))
    .option("--service <name...>", "only these services, by name or alias")
    .option("--profile <name>", "only profiles of this name")
    .action(async (flags: CredentialFlags & { service?: string[]; profile?: string }) =>
      (await import("../commands/list-command.js")).listCommand(registry, flags),
    );
  const subcommand = (name: string, description: string): Command =>
    withCommonOptions(profiles.command(name).description(description)).argument(
      "<service>",
      "a service, by the name or alias that list shows",
    );
  subcommand("rename", "gives a profile another name; its sign-in comes along")
    .argument("<name>")
    .argument("<new-name>")
    .action(async (service: string, name: string, newName: string, flags: CredentialFlags) =>
      (await import("../commands/profiles-command.js")).profileRenameCommand(registry, [service, name, newName], flags),
    );
  subcommand("remove", "forgets a profile of a service on this machine")
    .argument("<name>")
    .option("--revoke", "end its access at the service as well, which ends it for all profiles of that account")
    .option("--dry-run", "change nothing, only tell whose access would end")
    .option("--yes", "do not ask, although the access of other profiles ends as well")
    .action(async (service: string, name: string, flags: RemoveFlags) =>
      (await import("../commands/profiles-command.js")).profileRemoveCommand(registry, [service, name], flags),
    );
  return profiles;
}
