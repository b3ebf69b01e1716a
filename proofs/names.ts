import { ended } from "./support/ended.js";
import { randomInt, randomUUID } from "node:crypto";
import { readdirSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { IntegrationConfig, type CredentialManager } from "maigic-integrations";
import { notes, notesCredentials } from "./support/notes-provider.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "names";
export const claim =
  "every name that a profile may have comes back as it was and is no path; every other one is refused";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const names = generated(full ? 10_000 : 250);
  const folder = await mkdtemp(join(tmpdir(), "maigic-names-"));
  try {
    const found = await store(folder, names, isAllowed);
    const services = await askForServices(folder, names);
    const problems = [...found.problems, ...services];
    return outcome(
      {
        figure: [
          `${problems.length} problems with ${names.length} names, of which ${found.accepted} were accepted`,
          ...problems.slice(0, 4),
        ].join("; "),
        target: `0 problems with ${names.length} names, some accepted and some refused`,
        holds: problems.length === 0 && found.accepted > names.length / 4 && found.accepted < names.length,
      },
      {
        "a rule that takes slashes": await isNoticed((text) => isAllowed(text.replaceAll("/", ""))),
        "a rule that takes no e-mail address": await isNoticed((text) => isAllowed(text) && !text.includes("@")),
        "a file beside the vault": escapes(folder, [...readdirSync(folder), "escaped"]).length > 0,
      },
    );
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** What a profile's name may be, written down once more by the documentation and not by the code. */
function isAllowed(text: string): boolean {
  const characters = Array.from(text);
  if (characters.length < 1 || characters.length > 200) return false;
  if (text.normalize("NFC") !== text || !text.isWellFormed()) return false;
  return !characters.some((character) => /[\p{Cc}\p{Bidi_Control}\u2028\u2029/\\]/u.test(character));
}

/** Stores a profile of every name, and looks whether each is there, alone and as it was. */
async function store(
  folder: string,
  names: readonly string[],
  allowed: (name: string) => boolean,
): Promise<{ problems: string[]; accepted: number }> {
  const problems: string[] = [];
  const accepted = new Map<string, string>();
  const credentials = openCredentials(folder);
  for (const [index, profile] of names.entries()) {
    const stored = await ended(credentials.storeCredentials(notes, { applicationName: `${index}` }, profile));
    if (stored === "done") accepted.set(profile, `${index}`);
    const expected = allowed(profile) ? "done" : "config.invalid_profile";
    if (stored !== expected) problems.push(`${JSON.stringify(profile)}: ${stored}`);
  }
  const fresh = openCredentials(folder);
  for (const [profile, application] of accepted) {
    const record = await fresh.getCredentials(notes, profile);
    if (record?.applicationName !== application) problems.push(`${JSON.stringify(profile)} has another's settings`);
  }
  const listed = new Set((await fresh.listProfiles()).map(({ userId }) => userId));
  const same = listed.size === accepted.size && [...accepted.keys()].every((profile) => listed.has(profile));
  if (!same) problems.push(`${listed.size} profiles are listed, and ${accepted.size} were stored`);
  problems.push(...escapes(folder, readdirSync(folder)));
  const files = readdirSync(join(folder, "credentials"));
  const strange = files.filter((file) => !/^([0-9a-f]{8,32}_acme_notes\.json|vault\.json|locks)$/.test(file));
  return { problems: [...problems, ...strange.map((file) => `a file called ${file}`)], accepted: accepted.size };
}

/** Beside the vault there are its keys, and nothing else. */
function escapes(folder: string, found: readonly string[]): string[] {
  const strange = found.filter((file) => file !== "credentials" && file !== "config");
  return strange.map((file) => `${join(folder, file)} was written`);
}

/** The same names for services, none of which there is. */
async function askForServices(folder: string, names: readonly string[]): Promise<string[]> {
  const credentials = openCredentials(folder);
  const problems: string[] = [];
  for (const service of names) {
    for (const call of [credentials.getCredentials(service), credentials.storeCredentials(service, {})]) {
      const end = await ended(call);
      if (end !== "config.unknown_service" && end !== "done")
        problems.push(`the service ${JSON.stringify(service)}: ${end}`);
    }
  }
  return [...problems, ...escapes(folder, readdirSync(folder))];
}

async function isNoticed(rule: (name: string) => boolean): Promise<boolean> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-names-"));
  try {
    return (await store(folder, ["a/b", "ann@example.com", "work"], rule)).problems.length > 0;
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function openCredentials(folder: string): CredentialManager {
  const places = { credentialsDir: join(folder, "credentials"), configDir: join(folder, "config") };
  return notesCredentials(IntegrationConfig.fromEnv(places, { env: {} }));
}

const known = [
  ...[
    "default",
    "work",
    "Work",
    "WORK",
    "personal",
    "",
    " ",
    ".",
    "..",
    "...",
    "~",
    "-",
    "--help",
    "$HOME",
    "%00",
    "a\0b",
  ],
  ...[
    "../../etc/passwd",
    "..\\..\\windows",
    "/etc",
    "C:\\",
    "con",
    "NUL",
    "aux.json",
    "c21f969b",
    "c21f969b_acme_notes",
  ],
  ...[
    "vault.json",
    "locks",
    "token.json",
    "__proto__",
    "constructor",
    "toString",
    "hasOwnProperty",
    "null",
    "undefined",
  ],
  ...[
    "caf\u00e9",
    "cafe\u0301",
    "\u212b",
    "\ufb01",
    "ﷺ",
    "\u202eevil",
    "a\u2066b",
    "\u200fr",
    "\u061c",
    "\u200b",
    "\ufeff",
    "\ud800",
    "a\udfff",
  ],
  ...[
    "👩‍👩‍👧‍👦",
    "日本",
    "Ω",
    "x".repeat(200),
    "x".repeat(201),
    "🎉".repeat(200),
    "🎉".repeat(201),
    "a\nb",
    "a\tb",
    "\u0085",
    "\u2028",
  ],
];

const makers: readonly (() => string)[] = [
  () => `${letters(8)}.${letters(6)}@${letters(7)}.example`,
  () => randomUUID(),
  () => `auth0|${letters(24)}`,
  () => letters(randomInt(1, 30)),
  () => Array.from({ length: randomInt(1, 12) }, () => String.fromCodePoint(randomInt(0x11_0000))).join(""),
  () => Array.from({ length: randomInt(1, 8) }, () => String.fromCodePoint(randomInt(0x20, 0x3000))).join(""),
  () => `${letters(3)}${["/", "\\", "..", "\0", ":", "|", "*", "?"][randomInt(8)] ?? ""}${letters(3)}`,
  () => letters(randomInt(150, 260)),
  () => String(randomInt(2 ** 40)),
];

function generated(count: number): string[] {
  const names = new Set(known);
  while (names.size < count) names.add((makers[names.size % makers.length] ?? randomUUID)());
  return [...names];
}

function letters(length: number): string {
  return Array.from(
    { length },
    () => "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._+-"[randomInt(66)],
  ).join("");
}
