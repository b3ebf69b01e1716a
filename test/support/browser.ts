import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import type { Page } from "playwright-core";
import { root } from "./source-files.js";

/** Where Chromium is, on a machine that has one. */
export const chromiumPath: string | undefined = [
  "/usr/bin/chromium",
  "/usr/bin/chromium-browser",
  "/usr/bin/google-chrome",
].find((path) => existsSync(path));

const audit = readFileSync(join(root, "test/support/page-audit.js"), "utf8");

/** What is wrong with the page that is shown, in light and in dark. @see `page-audit.js` for the rules */
export async function auditPage(page: Page): Promise<string[]> {
  const problems: string[] = [];
  for (const colorScheme of ["light", "dark"] as const) {
    await page.emulateMedia({ colorScheme });
    const found = await page.evaluate<string[]>(audit);
    problems.push(...found.map((problem) => `${colorScheme}: ${problem}`));
  }
  return problems;
}
