import { fileURLToPath } from "node:url";
import { isIntegrationError } from "../core/errors.js";
import { readChosenFile } from "../credentials/client-files.js";
import type { OAuthSetup } from "../credentials/types.js";
import { parseClientFile } from "../oauth/client-file.js";
import { atOrigin } from "../oauth/endpoints.js";
import type { OAuthEndpoints } from "../oauth/types.js";
import { listDownloads, nextDownload, recentDownloads, type Download } from "./downloads.js";
import type { SetupRun } from "./setup-options.js";

const question = "Path of the downloaded client file, or its content pasted here";

/**
 * Asks for an OAuth client file until it is a good one: by its path, its content, or by noticing that it was downloaded.
 *
 * @returns its text
 */
export async function askClientFile(run: SetupRun, { endpoints: real }: OAuthSetup): Promise<string> {
  const folder = run.downloadsDir ?? run.registry.config.downloadsDir;
  const known = await listDownloads(folder);
  const { sandbox } = run;
  const endpoints = sandbox === undefined ? real : atOrigin(real, new URL(sandbox).origin);
  const recent = await chooseRecent(run, recentDownloads(known, run.clock.now()));
  if (recent !== undefined) {
    const problem = await problemOf(recent, endpoints);
    if (problem === undefined) return readGiven(recent, endpoints);
    run.prompter.say(problem);
  }
  run.prompter.say(`As soon as it appears in ${folder} it is taken by itself.`);
  return watchAndAsk(run, folder, known, endpoints);
}

/** A few minutes old: perhaps it is the one. */
async function chooseRecent({ prompter, clock }: SetupRun, recent: readonly Download[]): Promise<string | undefined> {
  if (recent.length === 0) return undefined;
  const minutes = ({ changedAt }: Download): number => Math.max(0, Math.floor((clock.now() - changedAt) / 60_000));
  const answer = await prompter.choose(
    "A client file was downloaded just before. Is it the one?",
    [
      ...recent.map((file) => ({ value: file.path, label: file.name, hint: `${minutes(file)} min old` })),
      { value: "", label: "No, another one" },
    ],
    { flag: "--credentials" },
  );
  return answer === "" ? undefined : answer;
}

async function watchAndAsk(
  run: SetupRun,
  folder: string,
  known: readonly Download[],
  endpoints: OAuthEndpoints,
): Promise<string> {
  const seen = [...known];
  for (;;) {
    const taken = new AbortController();
    const enough = new AbortController();
    const watching = nextDownload(folder, seen, { clock: run.clock, signal: enough.signal }).then((found) => {
      taken.abort();
      return found;
    });
    watching.catch(() => undefined); // ends with the question
    try {
      const answer = await run.prompter.ask(question, {
        placeholder: "~/Downloads/client_secret_….json",
        flag: "--credentials",
        signal: taken.signal,
        check: (given) => problemOf(given, endpoints),
      });
      return await readGiven(answer, endpoints);
    } catch (error) {
      if (!taken.signal.aborted) throw error;
    } finally {
      enough.abort();
    }
    const found = await watching;
    seen.push(found);
    const problem = await problemOf(found.path, endpoints);
    run.prompter.say(problem ?? `${found.name} has appeared in ${folder}: taking that.`);
    if (problem === undefined) return readGiven(found.path, endpoints);
  }
}

/** What is wrong with a file or its content, as a sentence. */
async function problemOf(given: string, endpoints: OAuthEndpoints): Promise<string | undefined> {
  try {
    await readGiven(given, endpoints);
    return undefined;
  } catch (error) {
    if (isIntegrationError(error)) return `${error.message} ${error.hint}`;
    throw error;
  }
}

async function readGiven(given: string, endpoints: OAuthEndpoints): Promise<string> {
  const content = given.trim();
  const isContent = content.startsWith("{");
  const { path: file, text } = isContent
    ? { path: "What was pasted", text: content }
    : await readChosenFile(cleanPath(content));
  parseClientFile(text, { file, endpoints, allowWeb: false });
  return text;
}

/** A path as terminals write it when a file is dropped on them: with quotes, escapes, or as an address. */
export function cleanPath(typed: string): string {
  const path = typed.trim();
  const quoted = /^(["'])(.*)\1$/.exec(path)?.[2];
  if (quoted !== undefined) return quoted;
  if (path.startsWith("file://")) return pathOfAddress(path);
  return process.platform === "win32" ? path : path.replace(/\\(.)/g, "$1");
}

function pathOfAddress(address: string): string {
  try {
    return fileURLToPath(address);
  } catch {
    return address; // no address of a file here: it is then told that it cannot be read
  }
}
