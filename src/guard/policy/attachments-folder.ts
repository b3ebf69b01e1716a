import { lstat, realpath } from "node:fs/promises";
import { homedir } from "node:os";
import { basename, dirname, isAbsolute, join, parse, relative, resolve, sep } from "node:path";
import type { IntegrationConfig } from "../../config.js";
import { integrationError } from "../../core/errors.js";

const hint = "Name a folder for this alone, such as attachments: ~/Documents/assistant.";

/**
 * The folder that a policy lets an assistant save files into and send them from. No credential, key or policy can come to
 * lie in it, also not through links.
 *
 * @param text - as it is written: absolute, or beginning with `~` for the home folder
 * @param file - the policy's path, for messages
 * @returns its absolute path; it may be missing still
 * @throws ConfigurationError `config.invalid_file` for a path that is not absolute, `config.unsafe`
 */
export async function attachmentsFolder(text: string, file: string, config: IntegrationConfig): Promise<string> {
  const expanded = text.replace(/^~(?=[/\\]|$)/, () => homedir());
  const facts = { hint, details: { file, field: "attachments" } };
  if (!isAbsolute(expanded)) {
    const message = `${file}: attachments is ${JSON.stringify(text)}, which is no absolute path.`;
    throw integrationError("config.invalid_file", { ...facts, message });
  }
  const folder = resolve(expanded);
  const problem = await problemWith(folder, config);
  if (problem === undefined) return folder;
  throw integrationError("config.unsafe", {
    ...facts,
    message: `${file}: the folder for attachments, ${folder}, ${problem}.`,
  });
}

async function problemWith(
  folder: string,
  { configDir, credentialsDir }: IntegrationConfig,
): Promise<string | undefined> {
  const folders = await namesOf(folder);
  if (folders.some((each) => parse(each).root === each)) return "is the whole of the disk";
  if (await leadsNowhere(folder)) return "is a link that leads nowhere yet";
  const home = await namesOf(homedir());
  if (folders.some((each) => home.some((own) => contains(each, own)))) return "is the home folder or contains it";
  for (const [what, place] of Object.entries({ configuration: configDir, credentials: credentialsDir })) {
    const places = await namesOf(place);
    const overlaps = folders.some((each) => places.some((own) => contains(each, own) || contains(own, each)));
    if (overlaps) return `overlaps with the folder of the ${what}, ${place}`;
  }
  return undefined;
}

/** A folder's path as it is written and without links; the part that is not there yet stays as it is written. */
async function namesOf(folder: string): Promise<string[]> {
  return [folder, await withoutLinks(folder)];
}

async function withoutLinks(path: string): Promise<string> {
  const real = await realpath(path).catch(() => undefined); // not there yet, as the folder above it may be
  const above = dirname(path);
  return real ?? (above === path ? path : join(await withoutLinks(above), basename(path)));
}

/** Where such a link leads to could be made later, and be anything then. */
async function leadsNowhere(folder: string): Promise<boolean> {
  const found = await lstat(folder).catch(() => undefined); // not there yet
  if (found?.isSymbolicLink() !== true) return false;
  return realpath(folder).then(
    () => false,
    () => true,
  );
}

function contains(folder: string, path: string): boolean {
  const [outer, inner] = [folder, path].map(asCompared) as [string, string];
  const way = relative(outer, inner);
  return way !== ".." && !way.startsWith(`..${sep}`) && !isAbsolute(way);
}

/** On some systems the same folder can be written in capitals as well. */
function asCompared(path: string): string {
  return ["darwin", "win32"].includes(process.platform) ? path.normalize("NFC").toLowerCase() : path;
}
