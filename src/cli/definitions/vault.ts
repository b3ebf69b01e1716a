import { Option, type Command } from "commander";
import type { KeySourceName } from "../../config.js";
import type { CredentialFlags } from "../commands/credential-flags.js";
import type { ExportFlags } from "../commands/vault-command.js";
import { command, withCommonOptions, type ProgramContext } from "./command.js";

/** As in the configuration, whose code is not loaded to show a help text. */
const keySources: readonly KeySourceName[] = ["environment", "command", "passphrase", "keychain", "key_file"];

/** `vault`: its key, and profiles on their way to another machine. */
export function vaultCommand({ registry }: ProgramContext): Command {
  const vault = command("vault").description(
    "what keeps the credentials: its key, and profiles on their way to another machine",
  );
  const subcommand = (name: string, description: string): Command =>
    withCommonOptions(vault.command(name).description(description));
  subcommand("status", "where the vault is and what seals it").action(async (flags: CredentialFlags) =>
    (await import("../commands/vault-command.js")).vaultStatusCommand(registry, flags),
  );
  subcommand("rotate", "gives the vault a new key; goes on with a rotation that was interrupted")
    .addOption(
      new Option("--to <source>", "where the new key is kept; default: where the old one is").choices(keySources),
    )
    .action(async (flags: CredentialFlags & { to?: KeySourceName }) =>
      (await import("../commands/vault-command.js")).vaultRotateCommand(registry, flags),
    );
  subcommand("export", "seals profiles into a file for another machine, with a passphrase made for it")
    .option("--service <name>", "only this service's")
    .option("--profile <name>", "only profiles of this name")
    .option("--out <file>", "a new file for it; default: standard output")
    .option("--remove", "then remove the profiles from this vault; the sign-ins stay good")
    .action(async (flags: ExportFlags) =>
      (await import("../commands/vault-command.js")).vaultExportCommand(registry, flags),
    );
  subcommand(
    "import",
    "takes exported profiles into the vault; asks for the passphrase, or reads it from standard input",
  )
    .argument("<file>", "the file that vault export made")
    .option("--replace", "in the place of profiles that are here already")
    .action(async (file: string, flags: CredentialFlags & { replace?: boolean }) =>
      (await import("../commands/vault-command.js")).vaultImportCommand(registry, file, flags),
    );
  return vault;
}
