import { execFileSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Builds once before the tests, so that those which run the built package see the code under test, and gives them a
 * folder for temporary files that is gone afterwards.
 */
export default function setup(): () => void {
  execFileSync(process.execPath, ["scripts/build.js", "scripts"], { stdio: "inherit" });
  const folder = mkdtempSync(join(tmpdir(), "maigic-tests-"));
  process.env["TMPDIR"] = folder;
  return () => rmSync(folder, { recursive: true, force: true });
}
