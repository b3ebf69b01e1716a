import { execFileSync } from "node:child_process";

/** Builds once before the tests, so that those which run the built package see the code under test. */
export default function setup(): void {
  execFileSync(process.execPath, ["scripts/build.js", "scripts"], { stdio: "inherit" });
}
