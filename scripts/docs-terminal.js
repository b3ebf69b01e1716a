/**
 * Writes the terminal's screens into docs/getting-started.md, from the tests that make them in a real terminal against
 * the sandbox. The same tests, run as usual, compare the page with what they see.
 */
import { spawnSync } from "node:child_process";

const { status } = spawnSync("npx", ["vitest", "run", "test/terminal/first-steps.test.ts"], {
  stdio: "inherit",
  shell: process.platform === "win32",
  env: { ...process.env, DOCS_TERMINAL: "write" },
});
process.exitCode = status ?? 1;
