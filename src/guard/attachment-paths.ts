import { createHash } from "node:crypto";
import { lstat, mkdir, open, realpath } from "node:fs/promises";
import { isAbsolute, join, relative, sep } from "node:path";
import { integrationError, isIntegrationError } from "../core/errors.js";
import { printableStart } from "../core/printable.js";
import { isCode } from "../credentials/file-errors.js";
import { readSafely } from "../credentials/open-flags.js";
import { unreadableFile } from "../email/compose/files.js";
import { isDeviceName } from "../email/safe-filename.js";
import type { PlannedFile } from "./plans/plan.js";

/*
 * Between a look at a path here and its use by an operation the disk may change: both go by the path. What holds is that
 * an assistant cannot change it in between. Its tools make new files and folders only; none of them makes a link, or
 * renames, writes over or removes what is there. Another program of the same user could, and could as well read the
 * file itself. A file's content is looked at when it is planned and again when that is carried out, so that what
 * changed after a person agreed is noticed, but for the moment between the last look and the reading.
 */

const folderMode = 0o700;

/**
 * The real path of what an assistant named, which may not be there yet.
 *
 * @param dir - absolute path of the folder for attachments
 * @param path - relative to it, or absolute and within it
 * @throws RequestError `request.not_permitted` when it is spelled in a way that some system reads differently, lies
 * elsewhere, or leads elsewhere by a link; ConfigurationError `config.invalid_file` when there is no such folder
 */
export async function withinAttachments(dir: string, path: string): Promise<string> {
  const root = await realpath(dir).catch((cause: unknown) => {
    throw unusable(dir, cause);
  });
  let reached = root;
  for (const name of namesBelow([dir, root], path)) {
    reached = (await followed(root, join(reached, name), path)) ?? join(reached, name);
  }
  return reached;
}

/**
 * The files that an assistant wants to send, as they are now.
 *
 * @param dir - absolute path of the folder for attachments
 * @throws RequestError `request.not_permitted` for one that is not within it; ConfigurationError `config.invalid_file`
 * for what is no regular file or cannot be read; RequestError `request.too_large` for more than any mail takes
 */
export async function plannedFiles(dir: string, paths: readonly string[]): Promise<PlannedFile[]> {
  const root = await withinAttachments(dir, "");
  if (paths.length > mostFiles) throw tooMuch();
  const files: PlannedFile[] = [];
  let left = mostBytes;
  for (const path of paths) {
    const real = await withinAttachments(dir, path);
    const below = relative(root, real).split(sep).join("/");
    const content = await contentOf(real, path, left);
    left -= content.sizeBytes;
    files.push({ path: below, ...content });
  }
  return files;
}

/**
 * The real path of a folder to save into. What is missing of it is made, for its owner alone.
 *
 * @param dir - absolute path of the folder for attachments, which is made as well
 * @throws RequestError `request.not_permitted` for one that is not within it; ConfigurationError `config.invalid_file`
 * when it cannot be made
 */
export async function folderWithin(dir: string, path: string): Promise<string> {
  await mkdir(dir, { recursive: true, mode: folderMode }).catch((cause: unknown) => {
    throw unusable(dir, cause);
  });
  const root = await withinAttachments(dir, "");
  let reached = root;
  for (const name of namesBelow([dir, root], path)) {
    const next = join(reached, name);
    await mkdir(next, { mode: folderMode }).catch((cause: unknown) => {
      if (!isCode(cause, "EEXIST")) throw unusable(path, cause);
    });
    reached = (await followed(root, next, path)) ?? next;
  }
  if ((await lstat(reached)).isDirectory()) return reached;
  throw unusable(path, undefined);
}

/** The names on the way from the folder to what is meant. @throws RequestError `request.not_permitted` */
function namesBelow(folders: readonly string[], path: string): string[] {
  const folder = isAbsolute(path) ? folders.find((each) => isWithin(each, path)) : "";
  if (folder === undefined || /\p{Cc}|\\/u.test(path)) throw elsewhere(path);
  const below = path.slice(folder.length);
  const names = below.split("/").filter((name) => name !== "" && name !== ".");
  if (names.some(isTreacherous)) throw elsewhere(path);
  return names;
}

function isWithin(folder: string, path: string): boolean {
  return path === folder || path.startsWith(folder.endsWith(sep) ? folder : `${folder}${sep}`);
}

/** Steps upwards, a home folder, a drive or a stream of a file, and devices: for this system or another one. */
function isTreacherous(name: string): boolean {
  const isDrive = /^[a-z]:/i.test(name) || (process.platform === "win32" && name.includes(":"));
  return /^\.\.[. ]*$/.test(name) || name.startsWith("~") || isDrive || isDeviceName(name.replaceAll(" ", ""));
}

/**
 * Where a step leads that is there; undefined for one that is not.
 *
 * @throws RequestError `request.not_permitted` for a link that leads out, or nowhere: what is made through it would be
 */
async function followed(root: string, step: string, path: string): Promise<string | undefined> {
  const facts = await lstat(step).catch((cause: unknown) => {
    if (isCode(cause, "ENOENT")) return undefined;
    throw unusable(path, cause);
  });
  if (!facts?.isSymbolicLink()) return facts && step;
  const target = await realpath(step).catch((cause: unknown) => {
    throw elsewhere(path, cause);
  });
  if (isWithin(root, target)) return target;
  throw elsewhere(path);
}

/** No service takes more with a mail, and reading it would keep an assistant waiting without end. */
const [mostFiles, mostBytes] = [200, 256 * 1024 * 1024];

async function contentOf(real: string, path: string, most: number): Promise<Omit<PlannedFile, "path">> {
  try {
    await using file = await open(real, readSafely);
    const facts = await file.stat();
    if (!facts.isFile()) throw unreadableFile(path, undefined);
    if (facts.size > most) throw tooMuch();
    const hash = createHash("sha256");
    let sizeBytes = 0;
    for await (const chunk of file.createReadStream({ autoClose: false }) as AsyncIterable<Buffer>) {
      hash.update(chunk);
      sizeBytes += chunk.length;
      if (sizeBytes > most) throw tooMuch();
    }
    return { sizeBytes, sha256: hash.digest("hex") };
  } catch (cause) {
    throw isIntegrationError(cause) ? cause : unreadableFile(path, cause);
  }
}

function tooMuch(): Error {
  return integrationError("request.too_large", {
    message: `These are more than ${mostFiles} files, or more than ${mostBytes / 1024 / 1024} MB.`,
    hint: "Send fewer or smaller files, or a link to them.",
  });
}

function elsewhere(path: string, cause?: unknown): Error {
  return integrationError("request.not_permitted", {
    message: `"${printableStart(path, 200)}" does not lie in the folder for attachments.`,
    hint: "Name it by its path below that folder, such as invoices/march.pdf; go on without it if it lies elsewhere.",
    cause,
  });
}

function unusable(path: string, cause: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `"${printableStart(path, 200)}" cannot be used as a folder, or cannot be reached.`,
    hint: "Name one that exists or can be made, and may be written to.",
    cause,
  });
}
