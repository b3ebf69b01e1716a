import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { outcome } from "../proofs/support/proof.js";
import { root } from "./support/source-files.js";

const run = promisify(execFile);

async function prove(...args: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["dist-scripts/proofs/run.js", ...args, "--json"], { cwd: root });
  return JSON.parse(stdout);
}

/** These wait more than they work, which would hold up whatever comes after them in the same process. */
const slow = [["pacing"], ["kill-refresh", "refresh-race", "refresh-race-postgres"]];
/** So many processes share the others: a start of its own for each would cost more than many of the proofs. */
const lanes = 2;

/** A process that proves some, one after the other. */
interface Prover {
  /** What it says of each, as soon as it does. */
  readonly found: readonly (readonly [string, Promise<unknown>])[];
  /** Its exit code. */
  readonly ended: Promise<unknown>;
}

/** @param end - ends the process, if it does not by itself */
function proveInTurn(names: readonly string[], end: AbortSignal): Prover {
  const child = spawn(process.execPath, ["dist-scripts/proofs/run.js", ...names, "--json"], {
    cwd: root,
    stdio: ["ignore", "pipe", "ignore"],
    signal: end,
  });
  const ended = once(child, "exit").then(([code]: unknown[]) => code);
  ended.catch(() => undefined); // it was ended
  const lines = createInterface({ input: child.stdout })[Symbol.asyncIterator]();
  const said = async (name: string): Promise<unknown> => {
    const line = await lines.next();
    if (line.done === true) throw new Error(`The process ended before it had proved ${name}.`);
    return JSON.parse(line.value) as unknown;
  };
  const found = names.map((name) => [name, said(name)] as const);
  for (const [, each] of found) each.catch(() => undefined); // its test awaits it later
  return { found, ended };
}

describe("what this project claims about itself", () => {
  const names = readdirSync(join(root, "proofs"))
    .filter((file) => file.endsWith(".ts") && file !== "run.ts")
    .map((file) => file.slice(0, -".ts".length));

  const over = new AbortController();
  let provers: Prover[] = [];
  beforeAll(() => {
    const quick = names.filter((name) => !slow.flat().includes(name));
    const queues = Array.from({ length: lanes }, (_, lane) => quick.filter((_, index) => index % lanes === lane));
    provers = [...slow, ...queues].map((queue) => proveInTurn(queue, over.signal));
  });

  afterAll(() => over.abort());

  // All of them share the machine's cores.
  it.concurrent.each(names)("holds: %s", { timeout: 300_000 }, async (name) => {
    // A proof that fails says in its answer what it found.
    const found = new Map(provers.flatMap((prover) => prover.found));
    expect(await found.get(name)).toEqual(expect.objectContaining({ name, holds: true }));
  });

  it("leaves nothing behind that keeps its process from ending", { timeout: 60_000 }, async () => {
    expect(await Promise.all(provers.map(({ ended }) => ended))).toEqual(provers.map(() => 0));
  });

  it("is listed with one sentence for each proof", async () => {
    const listed = (await prove()) as { name: string; claim: string }[];
    expect(listed.map(({ name }) => name)).toEqual(names);
    expect(listed.filter(({ claim }) => claim.length < 20)).toEqual([]);
  });

  it("fails with a name that nobody proves", async () => {
    await expect(prove("everything")).rejects.toMatchObject({
      code: 2,
      stderr: expect.stringContaining("pages") as string,
    });
  });

  it("does not hold when a proof's own control went unnoticed, or when it has none", () => {
    const found = { figure: "1 of 1", target: "1 of 1", holds: true };
    expect(outcome(found, { "a dropped page": true })).toEqual(found);
    expect(outcome(found, { "a dropped page": false })).toMatchObject({ holds: false });
    expect(outcome(found, {})).toMatchObject({ holds: false });
  });
});
