/** Builds `dist/` with plain tsc: one output file per source file. Silent unless something is wrong. */
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { chmodSync, existsSync, rmSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const tsc = createRequire(import.meta.url).resolve("typescript/bin/tsc");
const buildInfo = join(root, "node_modules/.cache/build.tsbuildinfo");

if (!existsSync(join(root, "dist"))) rmSync(buildInfo, { force: true });

const result = spawnSync(process.execPath, [tsc, "--project", join(root, "tsconfig.build.json")], {
  cwd: root,
  stdio: ["ignore", 2, 2],
});
if (result.status !== 0) process.exit(result.status ?? 1);

for (const bin of ["bin.js", "setup-bin.js"]) {
  const file = join(root, "dist/cli", bin);
  if (existsSync(file)) chmodSync(file, 0o755);
}
