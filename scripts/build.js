/**
 * Builds with plain tsc, one output file per source file: `dist/`, and with the argument `scripts` also
 * `dist-scripts/` (proofs, bench, examples), which use the built package by its own name.
 * What did not change since it was built is not built again. Silent unless something is wrong.
 */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { chmodSync, existsSync, readdirSync, rmSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("..", import.meta.url));
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");

// The last is a list that every installation writes.
const settings = ["package.json", "scripts/build.js", "tsconfig.json", "node_modules/.package-lock.json"];

compile("tsconfig.build.json", { from: "src", to: "dist", state: "build", inputs: ["src"] });
for (const bin of ["bin.js", "setup-bin.js"]) {
  const file = join(root, "dist/cli", bin);
  if (existsSync(file)) chmodSync(file, 0o755);
}
if (process.argv[2] === "scripts")
  compile("tsconfig.scripts.json", {
    ...{ from: ".", to: "dist-scripts", state: "scripts" },
    inputs: ["proofs", "bench", "examples", "test/support", "dist"],
  });

function compile(project, { from, to, state, inputs }) {
  const built = join(root, `.cache/${state}.built`);
  // tsc trusts its notes of the last build; without the output they are wrong.
  if (!existsSync(join(root, to))) rmSync(join(root, `.cache/${state}.tsbuildinfo`), { force: true });
  else if (newest([project, ...settings, ...inputs]) < newest([`.cache/${state}.built`])) return;
  rmSync(built, { force: true });
  const startMs = Date.now();
  const { status } = spawnSync(process.execPath, [tsc, "--project", join(root, project)], {
    cwd: root,
    stdio: ["ignore", 2, 2],
  });
  if (status !== 0) process.exit(status ?? 1);
  removeOrphans(join(root, from), join(root, to));
  writeFileSync(built, "");
  // What changed meanwhile may not have been read.
  utimesSync(built, startMs / 1000, startMs / 1000);
}

/** When any of some files was last changed, or a file was added to or taken from any of some folders. */
function newest(paths) {
  const times = paths.flatMap((path) => {
    const place = join(root, path);
    const entry = statSync(place, { throwIfNoEntry: false });
    if (!entry) return [];
    const inside = entry.isDirectory() ? readdirSync(place, { recursive: true }) : [];
    return [entry, ...inside.map((name) => statSync(join(place, name)))].map(({ mtimeMs }) => mtimeMs);
  });
  return Math.max(...times);
}

/** What tsc built from a source that is gone would still be packed, and found by those who import it. */
function removeOrphans(from, to) {
  for (const file of readdirSync(to, { recursive: true, encoding: "utf8" })) {
    if (!/\.(js|d\.ts)$/.test(file)) continue;
    if (!existsSync(join(from, file.replace(/\.(js|d\.ts)$/, ".ts")))) rmSync(join(to, file));
  }
}
