/**
 * Packs the package and uses it from empty projects, as its users would: with every optional package, with each of them
 * left out, and with none. One line a step; stops at the first failure and says what to do.
 */
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { publint } from "publint";
import { formatMessage } from "publint/utils";
import { createProject, run, sizeBytes } from "./consumer-project.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
const optional = Object.entries(manifest.peerDependencies).map(([name, version]) => `${name}@${version}`);
const forTypes = [`@types/node@${manifest.devDependencies["@types/node"]}`];
const maxInstalledBytes = 20 * 1024 * 1024;
const subpaths = Object.keys(manifest.exports).filter((path) => path !== "./package.json");
const specifiers = subpaths.map((path) => join(manifest.name, path));

const scratch = mkdtempSync(join(tmpdir(), "maigic-package-"));
const projects = [];

async function main() {
  const tarball = pack();
  await lint(tarball);
  checkTypesArePublished(tarball);
  withEverything(tarball);
  for (const left of optional) withoutOne(tarball, left);
  withRequiredOnly(tarball);
}

function pack() {
  const packed = run("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", scratch, root], scratch);
  expect(packed.status === 0, "npm pack", packed.output, "Mend what npm names.");
  const [{ filename, files, size }] = JSON.parse(packed.stdout);
  const strays = files
    .map(({ path }) => path)
    .filter((path) => /\.test\.|(^|\/)(credentials\/.*\.json|token\.json|\.env$)/.test(path));
  expect(strays.length === 0, "no strays", strays.join(", "), 'Keep them out by "files" in package.json.');
  done(`npm pack: ${files.length} files, ${kilobytes(size)}`);
  return join(scratch, filename);
}

async function lint(tarball) {
  const bytes = readFileSync(tarball);
  const { messages, pkg } = await publint({
    pack: { tarball: bytes.buffer.slice(bytes.byteOffset, bytes.byteOffset + bytes.byteLength) },
    strict: true,
  });
  const text = messages.map((message) => formatMessage(message, pkg)).join("\n");
  expect(messages.length === 0, "publint", text, "Correct package.json as publint says.");
  done("publint: nothing to say");
}

function checkTypesArePublished(tarball) {
  const attw = run(
    join(root, "node_modules/.bin/attw"),
    [tarball, "--profile", "esm-only", "--no-color", "--no-emoji"],
    scratch,
  );
  expect(attw.status === 0, "attw", attw.output, 'Correct "exports" and their types in package.json.');
  done(`attw: types resolve for ${specifiers.join(", ")}`);
}

function withEverything(tarball) {
  const project = make([tarball, ...optional, ...forTypes]);
  const imports = specifiers.map(
    (name) =>
      `if (Object.keys(await import("${name}")).length === 0 && "${name}" !== "${manifest.name}/email") throw 1;`,
  );
  expectRun(project, "importing every subpath", "node", ["--input-type=module", "--eval", imports.join("\n")]);
  for (const bin of Object.keys(manifest.bin)) {
    const { stdout } = expectRun(project, `${bin} --version`, "npx", ["--no-install", bin, "--version"]);
    expect(stdout.trim() === manifest.version, `${bin} --version`, stdout, `It should print ${manifest.version}.`);
  }
  checkConsumerTypes(project, "with every optional package", { skipLibCheck: false });
  const { stdout } = expectRun(project, "maigic-integrations demo --json", "npx", [
    "--no-install",
    "maigic-integrations",
    "demo",
    "--json",
  ]);
  const keys = ["integrations", "account", "recentEmails", "search", "events", "created", "invitation", "timingsMs"];
  const missing = keys.filter((key) => !(key in JSON.parse(stdout)));
  expect(
    missing.length === 0,
    "demo --json",
    `without ${missing.join(", ")}`,
    "The demo's document lacks what it promises.",
  );
  done("with every optional package: subpaths import, both bins and the demo run, programs type-check");
}

/** A program of a user, compiled under both module resolutions that people use for ESM. */
function checkConsumerTypes(project, when, { skipLibCheck }) {
  project.write("program.ts", readFileSync(join(root, "scripts/consumer-program.ts"), "utf8"));
  for (const [module, moduleResolution] of [
    ["nodenext", "nodenext"],
    ["esnext", "bundler"],
  ]) {
    const options = {
      module,
      moduleResolution,
      target: "es2023",
      lib: ["es2023", "esnext.disposable"],
      types: ["node"],
      strict: true,
      noEmit: true,
      skipLibCheck,
    };
    project.write("tsconfig.json", JSON.stringify({ compilerOptions: options, files: ["program.ts"] }));
    const tsc = project.run(process.execPath, [join(root, "node_modules/typescript/bin/tsc")]);
    expect(tsc.status === 0, `types ${when}, ${moduleResolution}`, tsc.output, "Mend the published declarations.");
  }
}

function withoutOne(tarball, left) {
  const others = optional.filter((name) => name !== left);
  const project = make([tarball, ...others]);
  const name = left.slice(0, left.lastIndexOf("@"));
  project.write("use-services.js", readFileSync(join(root, "scripts/consumer-use-services.js"), "utf8"));
  const { stdout } = expectRun(project, `without ${name}`, "node", ["use-services.js", name]);
  done(`without ${name}: ${stdout.trim()}`);
}

function withRequiredOnly(tarball) {
  const project = make([tarball]);
  const size = sizeBytes(join(project.folder, "node_modules"));
  expect(
    size < maxInstalledBytes,
    "installed size",
    kilobytes(size),
    `It must stay under ${kilobytes(maxInstalledBytes)}: look at the dependencies.`,
  );
  for (const bin of Object.keys(manifest.bin))
    expectRun(project, `${bin} --help`, "npx", ["--no-install", bin, "--help"]);
  const demo = project.run("npx", ["--no-install", "maigic-integrations", "demo"]);
  expect(
    demo.status === 46 && demo.output.includes("npm install"),
    "the demo without its packages",
    demo.output,
    "It must exit with config.missing_dependency and say which packages to install.",
  );
  expectRun(project, "importing the root", "node", [
    "--input-type=module",
    "--eval",
    `await import("${manifest.name}")`,
  ]);
  done(`required dependencies alone: ${kilobytes(size)} installed, both bins and the root work`);
}

function make(packages) {
  const project = createProject(packages);
  projects.push(project);
  return project;
}

function expectRun(project, what, command, args) {
  const result = project.run(command, args);
  expect(
    result.status === 0,
    what,
    result.output,
    `Repeat it in a project with the packed package: ${command} ${args.join(" ")}`,
  );
  return result;
}

function expect(holds, what, found, advice) {
  if (!holds) throw new Error(`${what} failed: ${found.trim()}\n${advice}`);
}

function done(line) {
  process.stdout.write(`ok  ${line}\n`);
}

function kilobytes(bytes) {
  return bytes < 1024 * 1024 ? `${Math.round(bytes / 1024)} KB` : `${(bytes / 1024 / 1024).toFixed(1)} MB`;
}

try {
  await main();
} catch (error) {
  process.stderr.write(`FAILED  ${error.message}\n`);
  process.exitCode = 1;
} finally {
  for (const project of projects) project.remove();
  rmSync(scratch, { recursive: true });
}
