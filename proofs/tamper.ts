import { oneOf } from "./support/one-of.js";
import { randomBytes, randomInt } from "node:crypto";
import { readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { IntegrationConfig, isIntegrationError } from "maigic-integrations";
import { outcome, type Outcome } from "./support/proof.js";
import { notes, notesCredentials } from "./support/notes-provider.js";
import { openWorld, redirectUri, type World } from "./support/world.js";

export const name = "tamper";
export const claim =
  "a stored secret that was changed, cut, moved or swapped is refused and left as it is; all others still open";

const user = "alice@example.com";
const gmail = "google_gmail";
const profiles = ["default", "work", "ann@example.com", "auth0|abc"];

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const trials = full ? 10_000 : 12 * attacks.length;
  await using world = await openWorld({ users: [{ email: user }] }, user);
  const vault = await fill(world);
  const wrong: string[] = [];
  for (let trial = 0; trial < trials; trial++) {
    const problem = await tryOut(vault, attacks[trial % attacks.length] ?? flipBit);
    if (problem !== undefined) wrong.push(problem);
  }
  return outcome(
    {
      figure: [`${trials - wrong.length} of ${trials} refused, with every file as it was`, ...wrong.slice(0, 3)].join(
        "; ",
      ),
      target: `${trials} of ${trials}`,
      holds: wrong.length === 0,
    },
    {
      "a record that opens although it was written anew": (await tryOut(vault, reformat)) !== undefined,
      "a file that changes while it is read": (await tryOut(vault, flipBit, spoil)) !== undefined,
      "nothing where nothing was done": (await tryOut(vault, { ...flipBit, change: () => undefined })) !== undefined,
    },
  );
}

/** A folder of credentials, and the secret that each profile of each service must give. */
interface FilledVault {
  readonly world: World;
  readonly files: ReadonlyMap<string, Buffer>;
  readonly secrets: readonly Held[];
}

interface Held {
  readonly service: string;
  readonly profile: string;
  readonly secret: string;
  /** The file that holds it, sealed. */
  readonly file: string;
}

/** A way of changing what is stored. */
interface Attack {
  /** Changes files, and names the secrets that must not open any more; undefined when it changed nothing. */
  readonly change: (vault: FilledVault) => readonly Held[] | undefined;
}

/** Gives two services four profiles each, with tokens and with API keys. */
async function fill(world: World): Promise<FilledVault> {
  const keys = notesCredentials(world.config);
  for (const profile of profiles) {
    await keys.storeCredentials(notes, { apiKey: randomBytes(24).toString("base64url") }, profile);
    const { url } = await world.credentials.beginConsent(gmail, { userId: profile, redirectUri });
    await world.credentials.completeConsent(await world.sandbox.approve(url, { user }), { userId: profile });
  }
  const files = new Map(filesBelow(world.folder).map((file) => [file, readFileSync(file)]));
  const secrets: Held[] = [];
  for (const service of [notes, gmail]) {
    for (const profile of profiles) {
      const secret = await read(world, service, profile);
      secrets.push({ service, profile, secret, file: fileOf(world, service, profile, [...files.keys()]) });
    }
  }
  return { world, files, secrets };
}

/** A profile's sealed file: its folder is named by a part of its pointer's name. */
function fileOf({ config }: World, service: string, profile: string, files: readonly string[]): string {
  const name = service === notes ? "key.json" : "token.json";
  if (profile === "default") return join(config.credentialsDir, service, name);
  const pointers = files.filter((file) => file.endsWith(`_${service}.json`));
  const pointer = pointers.find((file) => readFileSync(file, "utf8").includes(JSON.stringify(profile))) ?? "";
  const hash = pointer.slice(config.credentialsDir.length + 1).split("_")[0] ?? "";
  return join(config.credentialsDir, service, hash, name);
}

function filesBelow(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile() && !entry.name.endsWith(".lock"))
    .map((entry) => join(entry.parentPath, entry.name));
}

/** Reads as a process does that has opened nothing yet. */
async function read({ config, sandbox }: World, service: string, profile: string): Promise<string> {
  const { credentialsDir, configDir } = config;
  const own = IntegrationConfig.fromEnv({ credentialsDir, configDir, googleGmailEnabled: true }, { env: {} });
  const credentials = notesCredentials(own, sandbox.url);
  if (service === gmail) return (await credentials.getAccessToken(service, profile)).reveal();
  const key = (await credentials.getCredentials(service, profile))?.apiKey;
  return typeof key === "object" ? key.reveal() : String(key);
}

/** Changes something, reads, and puts everything back. @returns what was wrong */
async function tryOut(
  vault: FilledVault,
  { change }: Attack,
  meanwhile: (vault: FilledVault) => void = () => undefined,
): Promise<string | undefined> {
  const hit = change(vault);
  const changed = new Map([...vault.files.keys()].map((file) => [file, contentOf(file)]));
  try {
    const untouched = vault.secrets.filter((secret) => !(hit ?? []).includes(secret));
    const refused = oneOf(hit ?? vault.secrets);
    const given = await read(vault.world, refused.service, refused.profile).catch((error: unknown) => error);
    if (typeof given === "string") return `${refused.file} still opened`;
    if (!isTyped(given)) return `${refused.file}: ${String(given)}`;
    const other = untouched.length === 0 ? undefined : oneOf(untouched);
    if (other && (await read(vault.world, other.service, other.profile)) !== other.secret)
      return `${other.file} is another`;
    meanwhile(vault);
    const written = [...changed].find(([file, content]) => contentOf(file) !== content);
    return written && `${written[0]} was written`;
  } finally {
    for (const [file, content] of vault.files) writeFileSync(file, content);
  }
}

function isTyped(error: unknown): boolean {
  if (!isIntegrationError(error)) return false;
  return ["auth.unreadable", "auth.key_unavailable", "config.invalid_file", "config.profile_not_found"].includes(
    error.code,
  );
}

function contentOf(file: string): string | undefined {
  try {
    return readFileSync(file, "latin1");
  } catch {
    return undefined; // removed
  }
}

const flipBit: Attack = {
  change: ({ secrets, files }) => {
    const held = oneOf(secrets);
    const content = Buffer.from(files.get(held.file) ?? "");
    const at = randomInt(content.length);
    content[at] = (content[at] ?? 0) ^ (1 << randomInt(8));
    writeFileSync(held.file, content);
    return [held];
  },
};

const truncate: Attack = {
  change: ({ secrets, files }) => {
    const held = oneOf(secrets);
    const content = files.get(held.file) ?? Buffer.alloc(0);
    writeFileSync(held.file, content.subarray(0, randomInt(content.length - 2))); // the last two bytes are "}" and a line's end
    return [held];
  },
};

/** Two records take each other's place: of two profiles, of two services, of two kinds. */
const swapRecords: Attack = {
  change: ({ secrets, files }) => {
    const one = oneOf(secrets);
    const other = oneOf(secrets.filter((secret) => secret !== one));
    writeFileSync(one.file, files.get(other.file) ?? "");
    writeFileSync(other.file, files.get(one.file) ?? "");
    return [one, other];
  },
};

/** Parts of two records are put together into one. */
const mixRecords: Attack = {
  change: ({ secrets, files }) => {
    const one = oneOf(secrets);
    const other = oneOf(secrets.filter((secret) => secret !== one));
    const parts = [one, other].map(({ file }) => JSON.parse(String(files.get(file))) as Record<string, unknown>);
    const field = oneOf(["wrappedKey", "content"]);
    writeFileSync(one.file, JSON.stringify({ ...parts[0], [field]: parts[1]?.[field] }));
    return [one];
  },
};

/** A token is told to belong to another client or server. */
const rebind: Attack = {
  change: ({ secrets, files }) => {
    const held = oneOf(secrets.filter(({ service }) => service === gmail));
    const record = JSON.parse(String(files.get(held.file))) as Record<string, unknown>;
    const field = oneOf(["clientId", "tokenOrigin", "keyId"]);
    writeFileSync(held.file, JSON.stringify({ ...record, [field]: `${String(record[field])}x` }));
    return [held];
  },
};

/** The key is lost, cut, another one, or another vault's. */
const spoilKey: Attack = {
  change: ({ world, secrets, files }) => {
    const keyFile = [...files.keys()].find((file) => file.startsWith(join(world.folder, "config", "keys"))) ?? "";
    const key = Buffer.from(String(files.get(keyFile)), "base64");
    const spoiled = [undefined, "", key.subarray(0, randomInt(32)), Buffer.concat([key, key]), randomBytes(32)];
    const content = spoiled[randomInt(spoiled.length)];
    if (content === undefined) rmSync(keyFile);
    else writeFileSync(keyFile, content.toString("base64"));
    return secrets;
  },
};

/** The vault's record says that it is another vault, or has another key. */
const spoilVault: Attack = {
  change: ({ world, secrets, files }) => {
    const file = join(world.config.credentialsDir, "vault.json");
    const record = JSON.parse(String(files.get(file))) as Record<string, unknown>;
    const field = oneOf(["vault_id", "key_id", "version", "key_source"]);
    const digits = String(record[field]).replace(/[0-9a-z]/, (digit) => (digit === "7" ? "8" : "7"));
    writeFileSync(file, oneOf([JSON.stringify({ ...record, [field]: digits }), "{}", ""]));
    return secrets;
  },
};

const attacks = [flipBit, truncate, flipBit, swapRecords, flipBit, mixRecords, flipBit, rebind, spoilKey, spoilVault];

/** For the controls: the same record in other words. */
const reformat: Attack = {
  change: ({ secrets, files }) => {
    const held = oneOf(secrets);
    writeFileSync(held.file, JSON.stringify(JSON.parse(String(files.get(held.file)))));
    return [held];
  },
};

function spoil({ secrets }: FilledVault): void {
  writeFileSync(oneOf(secrets).file, "written over");
}
