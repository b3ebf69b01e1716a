import { readFile, stat } from "node:fs/promises";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { parseClientFile } from "../oauth/client-file.js";
import type { OAuthClient } from "../oauth/types.js";
import type { CredentialContext } from "./context.js";
import { defaultProfile, setupCommand } from "./names.js";
import { putSealed, readSealed, writeSealed } from "./sealed-records.js";
import type { RecordKey } from "./store.js";
import type { OAuthSetup } from "./types.js";

/**
 * Reads a client file and checks it.
 *
 * @param allowWeb - web clients are for programs with a web server of their own
 * @throws ConfigurationError `config.invalid_file`, `config.untrusted_endpoint`
 */
export async function readClientFile(setup: OAuthSetup, path: string, allowWeb: boolean): Promise<string> {
  const { path: file, text } = await readChosenFile(path);
  parseClientFile(text, { file, endpoints: setup.endpoints, allowWeb });
  return text;
}

/**
 * Reads a file that a person downloaded from a service's console.
 *
 * @returns its text and absolute path
 * @throws ConfigurationError `config.invalid_file`
 */
export async function readChosenFile(path: string): Promise<{ path: string; text: string }> {
  const file = resolve(path.replace(/^~(?=\/)/, homedir()));
  const { text, problem, cause } = await readSmallFile(file);
  if (text !== undefined) return { path: file, text };
  throw integrationError("config.invalid_file", {
    message: path.trim() === "" ? "No file was named." : `The file ${file} ${problem ?? "cannot be read"}.`,
    hint: "Give the path of the JSON file that the service's console let you download.",
    details: { file },
    cause,
  });
}

const maxBytes = 64 * 1024;

/** A regular file's text: a pipe would never end, and no client file is large. */
async function readSmallFile(file: string): Promise<{ text?: string; problem?: string; cause?: unknown }> {
  try {
    const facts = await stat(file);
    if (!facts.isFile())
      return { problem: `cannot be read: it is ${facts.isDirectory() ? "a folder" : "no regular file"}` };
    if (facts.size > maxBytes) return { problem: `cannot be read: it is larger than ${maxBytes / 1024} KiB` };
    return { text: await readFile(file, "utf8") };
  } catch (cause) {
    const isMissing = cause instanceof Error && "code" in cause && cause.code === "ENOENT";
    return { cause, ...(isMissing && { problem: "cannot be read: it does not exist" }) };
  }
}

/**
 * The OAuth client of a service; where it has none of its own, that of another service of the same authorization server.
 *
 * @param allowWeb - web clients are for programs with a web server of their own
 * @param userId - for whom it is needed, for the hint
 * @throws ConfigurationError `config.invalid_file` with `details.missing` when there is none
 */
export async function requireClient(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  allowWeb: boolean,
  userId: string = defaultProfile,
): Promise<OAuthClient> {
  const found = await findClient(context, service, setup, allowWeb);
  if (found) return found.client;
  const file = await context.store.locate(clientKey(service));
  throw integrationError("config.invalid_file", {
    message: `There is no OAuth client file for ${service}: ${file} does not exist.`,
    hint: `Download it from the service's console and run ${setupCommand(service, userId)} --credentials FILE.`,
    service,
    details: { file, missing: true },
  });
}

/** A client file that is in the vault. */
export interface FoundClient {
  readonly text: string;
  readonly client: OAuthClient;
}

/** As `requireClient`, with the file's text; undefined when there is none. */
export async function findClient(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  allowWeb: boolean,
): Promise<FoundClient | undefined> {
  const text = await readClient(context, service);
  if (text === undefined) return sharedClient(context, service, setup, allowWeb);
  const file = await context.store.locate(clientKey(service));
  return { text, client: parseClientFile(text, { file, endpoints: setup.endpoints, allowWeb }) };
}

async function sharedClient(
  context: CredentialContext,
  service: string,
  setup: OAuthSetup,
  allowWeb: boolean,
): Promise<FoundClient | undefined> {
  const services = new Set((await context.store.pointers()).map((pointer) => pointer.service));
  for (const other of services) {
    const theirs = other === service ? undefined : context.setups(other);
    if (theirs?.kind !== "oauth" || theirs.endpoints.token !== setup.endpoints.token) continue;
    const text = await readClient(context, other);
    if (text === undefined) continue;
    try {
      const file = join(context.config.credentialsDir, other, "credentials.json");
      return { text, client: parseClientFile(text, { file, endpoints: setup.endpoints, allowWeb }) };
    } catch (error) {
      if (!isIntegrationError(error)) throw error; // the other service's own business: reported where it is used
    }
  }
  return undefined;
}

/** The text of a service's client file. */
export async function readClient(context: CredentialContext, service: string): Promise<string | undefined> {
  const key = clientKey(service);
  if (context.store.openToPeople) return (await context.store.read(key))?.text;
  return (await readSealed(context, key))?.plaintext;
}

/** Stores a client file where there is none yet. */
export async function createClient(context: CredentialContext, service: string, text: string): Promise<void> {
  const key = clientKey(service);
  if (context.store.openToPeople) await context.store.write(key, text, { replaces: undefined });
  else await writeSealed(context, key, { plaintext: text, replaces: undefined });
}

/** Stores a client file in the place of the one that is there. */
export async function putClient(context: CredentialContext, service: string, text: string): Promise<void> {
  const key = clientKey(service);
  if (!context.store.openToPeople) return putSealed(context, key, text);
  for (;;) {
    const replaces = (await context.store.read(key))?.generation;
    if (await context.store.write(key, text, { replaces })) return;
  }
}

/** Which record a service's client file is; all profiles of the service use it. */
export function clientKey(service: string): RecordKey {
  return { kind: "app", service, userId: "" };
}
