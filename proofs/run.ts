import { readdirSync } from "node:fs";
import { parseArgs } from "node:util";
import type { Outcome, Proof } from "./support/proof.js";

const usage = "npm run -s prove [-- NAME… [--full] [--json]]";

/** Runs the named proofs, or lists all of them. @returns the exit code */
async function main(): Promise<number> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: { full: { type: "boolean", default: false }, json: { type: "boolean", default: false } },
  });
  const known = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".js") && file !== "run.js")
    .map((file) => file.slice(0, -".js".length));
  const unknown = positionals.filter((name) => !known.includes(name));
  if (unknown.length > 0) {
    process.stderr.write(`No proof called ${unknown.join(", ")}. There are: ${known.join(", ")}.\n${usage}\n`);
    return 2;
  }
  if (positionals.length === 0) return list(await Promise.all(known.map(load)), values.json);
  let failed = 0;
  for (const name of positionals) {
    const { claim, run } = await load(name);
    const outcome = await run({ full: values.full }).catch(brokenOff);
    print({ name, claim, ...outcome }, values.json);
    if (!outcome.holds) failed++;
  }
  return failed === 0 ? 0 : 1;
}

async function load(name: string): Promise<Proof> {
  const proof = (await import(`./${name}.js`)) as Proof;
  if (proof.name !== name) throw new TypeError(`proofs/${name}.ts calls itself ${proof.name}`);
  return proof;
}

/** What is not shown does not hold; the proofs after it are still asked. */
function brokenOff(error: unknown): Outcome {
  const figure = error instanceof Error ? (error.stack ?? error.message) : String(error);
  return { figure, target: "an end", holds: false };
}

function list(proofs: Proof[], json: boolean): number {
  const rows = proofs.map(({ name, claim }) => ({ name, claim }));
  const width = Math.max(...rows.map(({ name }) => name.length));
  const text = json
    ? JSON.stringify(rows)
    : rows.map(({ name, claim }) => `${name.padEnd(width)}  ${claim}`).join("\n");
  process.stdout.write(`${text}\n`);
  return 0;
}

function print({ name, claim, figure, target, holds }: Omit<Proof, "run"> & Outcome, json: boolean): void {
  const line = json
    ? JSON.stringify({ name, claim, figure, target, holds })
    : `${holds ? "holds" : "FAILS"}  ${name}: ${claim}\n       found ${figure} (must be: ${target})`;
  process.stdout.write(`${line}\n`);
}

process.exitCode = await main();
