import { counted } from "../../core/counted.js";
import type { ProfileSummary, RotationResult, VaultStatus } from "../../credentials/types.js";
import { profileTable } from "./profiles.js";
import type { View } from "./view.js";
import { fieldsBlock, heading, sentence, toneOf } from "./wording.js";

/** Where a vault is and what seals it. */
export function vaultView(status: VaultStatus | undefined, credentialsDir: string): View {
  if (!status) return [sentence(`There is no vault in ${credentialsDir} yet: the first sign-in makes it.`)];
  const interrupted = "interrupted: npx maigic-integrations vault rotate goes on with it";
  return [
    fieldsBlock([
      ["Vault", status.location],
      ["Key", `${status.keyId}, ${whereKept[status.keySource]}`],
      ["Made", status.createdAt],
      ["Rotation", status.rotating ? toneOf(interrupted, "warning") : "none under way"],
    ]),
  ];
}

/** What a new key seals, and what could not be opened before it either. */
export function rotationView({ keyId, keySource, resealed, unreadable }: RotationResult): View {
  const records = counted(resealed, "record was", "records were");
  const rotated: View = [
    heading(toneOf(`The vault has a new key, ${keyId}, ${whereKept[keySource]}.`, "good")),
    sentence(`${records} sealed with it; the old key opens nothing any more.`),
  ];
  if (unreadable.length === 0) return rotated;
  return [
    ...rotated,
    heading(toneOf("These could not be opened before either, and stay as they are:", "warning")),
    { kind: "lines", lines: unreadable, indent: 2 },
  ];
}

/** Profiles that were moved, and what to know about it. */
export function movedView(profiles: readonly ProfileSummary[], note: string): View {
  return [profileTable(profiles), sentence(note)];
}

/** In words, for people. */
const whereKept: Readonly<Record<VaultStatus["keySource"], string>> = {
  environment: "from MAIGIC_VAULT_KEY",
  command: "from MAIGIC_VAULT_KEY_COMMAND",
  passphrase: "derived from MAIGIC_VAULT_PASSPHRASE",
  keychain: "in the system's keychain",
  key_file: "in a file of the configuration folder",
  memory: "in memory",
};
