import { execFile } from "node:child_process";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { outcome } from "../proofs/support/proof.js";
import { root } from "./support/source-files.js";

const run = promisify(execFile);

async function prove(...args: string[]): Promise<unknown> {
  const { stdout } = await run(process.execPath, ["dist-scripts/proofs/run.js", ...args, "--json"], { cwd: root });
  return JSON.parse(stdout);
}

describe("what this project claims about itself", () => {
  const names = readdirSync(join(root, "proofs"))
    .filter((file) => file.endsWith(".ts") && file !== "run.ts")
    .map((file) => file.slice(0, -".ts".length));

  // All of them share the machine's cores.
  it.concurrent.each(names)("holds: %s", { timeout: 60_000 }, async (name) => {
    // A proof that fails says in its answer what it found.
    const found = await prove(name).catch(
      (error: unknown) => JSON.parse(String(Reflect.get(Object(error) as object, "stdout"))) as unknown,
    );
    expect(found).toEqual(expect.objectContaining({ name, holds: true }));
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
