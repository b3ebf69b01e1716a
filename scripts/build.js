/**
 * Builds with plain tsc, one output file per source file: `dist/`, and with the argument `scripts` also
 * `dist-scripts/` (proofs, bench, examples), which use the built package by its own name.
 * Silent unless something is wrong.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { chmodSync, existsSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

compile("tsconfig.build.json", { from: "src", to: "dist", state: "build" });
for (const bin of ["bin.js", "setup-bin.js"]) {
  const file = join(root, "dist/cli", bin);
  if (existsSync(file)) chmodSync(file, 0o755);
}
if (process.argv[2] === "scripts")
  compile("tsconfig.scripts.json", { from: ".", to: "dist-scripts", state: "scripts" });

function compile(project, { from, to, state }) {
  // tsc trusts its notes of the last build; without the output they are wrong.
  if (!existsSync(join(root, to))) rmSync(join(root, `.cache/${state}.tsbuildinfo`), { force: true });
  const { status } = spawnSync(process.execPath, [tsc, "--project", join(root, project)], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  removeOrphans(join(root, from), join(root, to));
}

/** What tsc built from a source that is gone would still be packed, and found by those who import it. */
function removeOrphans(from, to) {
  for (const file of readdirSync(to, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    if (!existsSync(join(from, file.replace(/\.(js|d\.ts)$/, ".ts")))) rmSync(join(to, file));
  }
}
