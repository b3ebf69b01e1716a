/** An empty project somewhere else, in which the packed package is used as its users would. */
import { spawnSync } from "node:child_process";
import { lstatSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const npmFlags = ["--ignore-scripts", "--prefer-offline", "--no-audit", "--no-fund", "--no-save", "--loglevel=error"];

/** Makes the project and installs packages: tarballs by path, others as `name@version`. */
export function createProject(packages) {
  const folder = mkdtempSync(join(tmpdir(), "maigic-consumer-"));
  write(folder, "package.json", JSON.stringify({ name: "consumer", private: true, type: "module" }));
  const install = run("npm", ["install", ...npmFlags, ...packages], folder);
  if (install.status !== 0) throw new Error(`npm install failed in ${folder}:\n${install.output}`);
  return {
    folder,
    write: (name, text) => write(folder, name, text),
    run: (command, args) => run(command, args, folder),
    remove: () => rmSync(folder, { recursive: true }),
  };
}

/** Runs a command without any of our settings in its environment. @returns exit status, standard output, and both outputs */
export function run(command, args, cwd) {
  const foreign = Object.entries(process.env).filter(([name]) => !/^(MAIGIC_|GOOGLE_|npm_)/.test(name));
  const env = { ...Object.fromEntries(foreign), MAIGIC_CONFIG_DIR: join(cwd, "config") };
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, env, encoding: "utf8", timeout: 120_000 });
  return { status, stdout: stdout ?? "", output: `${stdout ?? ""}${stderr ?? ""}${error ? error.message : ""}` };
}

/** What a folder takes on the disk, in bytes of its files. */
export function sizeBytes(folder) {
  return readdirSync(folder, { withFileTypes: true }).reduce((sum, entry) => {
    const path = join(folder, entry.name);
    return sum + (entry.isDirectory() ? sizeBytes(path) : lstatSync(path).size);
  }, 0);
}

function write(folder, name, text) {
  mkdirSync(join(folder, name, ".."), { recursive: true });
  writeFileSync(join(folder, name), text);
}
