import { spawnSync } from "node:child_process";
import { fileURLToPath } from "node:url";

const root = fileURLToPath(new URL("../../..", import.meta.url));

/** How long a Node process with these arguments takes from start to end, in milliseconds. */
export function processTimeMs(...args: readonly string[]): number {
  const start = performance.now();
  const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(`node ${args.join(" ")} ended with ${status ?? "a signal"}: ${stderr.trim()}`);
  return performance.now() - start;
}

/** The same beyond a Node process that does nothing, started right before. */
export function overEmptyProcessMs(...args: readonly string[]): number {
  const emptyMs = processTimeMs("--input-type=module", "--eval", "0");
  return processTimeMs(...args) - emptyMs;
}

/** Arguments for a process that imports packages, as a program of their user would. */
export function importing(...packages: readonly string[]): string[] {
  return ["--input-type=module", "--eval", packages.map((name) => `await import("${name}");`).join("\n")];
}
