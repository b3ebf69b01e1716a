import { readdirSync, readFileSync } from "node:fs";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { inspect } from "node:util";
import { Agent, type Dispatcher } from "undici";
import type { Clock, Logger } from "maigic-integrations";
import { Canaries } from "./canaries.js";
import type { World } from "./world.js";

/** Everything that a program says and leaves behind, and the secrets that must not be among it. */
export interface CanaryScene {
  readonly canaries: Canaries;
  /** Sees every request, and learns its secrets. It can be told to break connections. */
  readonly dispatcher: Dispatcher;
  readonly logger: Logger;
  readonly clock: Clock;
  /** The next request fails with this error, which quotes the whole request as some libraries' do. */
  breakNext(): void;
  /** The last secrets that went by, for servers that send them back. */
  readonly last: Readonly<Record<string, string>>;
  /** Looks through an error in every way that programs show one. */
  examine(error: unknown, where: string): void;
  /** Looks through a text. */
  read(text: string, where: string): void;
  /** Looks through all files that were written, the users' own client files excepted. */
  readFiles(folder: string): void;
  readonly leaks: readonly string[];
}

const ownFiles = /(client|credentials|robot)\.json$/;

/** Opens a scene. */
export function openCanaryScene(): CanaryScene {
  const canaries = new Canaries();
  const leaks: string[] = [];
  const last: Record<string, string> = {};
  let broken = false;
  const learn = (name: string, secret: string | null | undefined): void => {
    if (secret === null || secret === undefined) return;
    canaries.add(name, secret);
    last[name] = secret;
  };
  const read = (text: string, where: string): void => {
    for (const leak of canaries.findIn(text, where)) if (!leaks.includes(leak)) leaks.push(leak);
  };
  const agent = new Agent();
  const dispatcher = agent.compose((dispatch) => (options, handler) => {
    const headers = JSON.stringify(options.headers ?? {});
    learn("access token", /Bearer ([^"\\]+)/i.exec(headers)?.[1]);
    const body = typeof options.body === "string" ? options.body : "";
    const form = new URLSearchParams(body);
    const names = ["code", "code_verifier", "refresh_token", "client_secret", "assertion", "token"];
    for (const name of names) learn(name, form.get(name));
    if (broken) {
      broken = false;
      throw new Error(`connection lost while sending ${options.path} ${headers} ${body}`);
    }
    return dispatch(options, handler);
  });
  const note = (message: string, facts?: unknown): void =>
    read(`${message} ${inspect(facts)} ${JSON.stringify(facts)}`, "a log");
  return {
    canaries,
    dispatcher,
    last,
    leaks,
    read,
    logger: { debug: note, warn: note },
    clock: {
      now: () => Date.now(),
      sleep: async (delayMs, signal) => sleep(Math.min(delayMs, 1), undefined, { ...(signal && { signal }) }),
    },
    breakNext: () => (broken = true),
    examine(error, where) {
      read(inspect(error, { depth: Infinity, showHidden: true, maxStringLength: Infinity }), `${where}, inspected`);
      read(JSON.stringify(error, undefined, 2), `${where}, as JSON`);
      for (let each = error; each instanceof Error; each = each.cause)
        read(`${each.stack} ${each.message} ${String(each)}`, where);
    },
    readFiles(folder) {
      for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
        const path = join(entry.parentPath, entry.name);
        if (entry.isFile() && !ownFiles.test(entry.name))
          read(readFileSync(path, "latin1"), path.slice(folder.length + 1));
      }
    },
  };
}

/** Writes the key file of a service account, and learns its key. @returns its path */
export async function writeKeyFile(scene: CanaryScene, { folder, sandbox }: World, email: string): Promise<string> {
  const keyFile = sandbox.serviceAccountFile(email);
  for (const line of (keyFile["private_key"] ?? "").split("\n")) {
    if (!line.startsWith("-----")) scene.canaries.add("private key", line);
  }
  const path = join(folder, "robot.json");
  await writeFile(path, JSON.stringify(keyFile));
  return path;
}
