import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "./source-files.js";
import type { World } from "./world.js";

const page = join(root, "docs/getting-started.md");
const columns = 100;

/** What a page of the docs shows between the markers of a screen. */
export function shownInDocs(name: string): string {
  return between(readFileSync(page, "utf8"), name)[1];
}

/**
 * Puts a screen between its markers, when `npm run docs:terminal` runs the tests.
 *
 * @returns the screen as the page is to show it
 */
export function forDocs(name: string, screen: string, w: World): string {
  const shown = everyRunAlike(screen, w);
  if (process.env["DOCS_TERMINAL"] === "write") {
    const [before, , after] = between(readFileSync(page, "utf8"), name);
    writeFileSync(page, `${before}${shown}${after}`);
  }
  return shown;
}

function between(text: string, name: string): [before: string, shown: string, after: string] {
  const start = `<!-- screen: ${name} -->\n\n\`\`\`text\n`;
  const from = text.indexOf(start) + start.length;
  const to = text.indexOf("```", from);
  if (!text.includes(start) || to < 0) throw new Error(`docs/getting-started.md has no place for the screen ${name}.`);
  return [text.slice(0, from), text.slice(from, to), text.slice(to)];
}

/** A screen without what is another one in every run: ports, folders, people, durations and what makes addresses long. */
function everyRunAlike(screen: string, { sandbox, folder }: World): string {
  const port = /ssh -N -L (\d+):/.exec(screen)?.[1] ?? "no port";
  return screen
    .replace(/(\/oauth2\/v2\/auth\?)\S+/g, "$1…")
    .replaceAll(sandbox.url, "http://127.0.0.1:4000")
    .replaceAll(port, "51004")
    .replaceAll(folder, "/path/to/assistant")
    .replace(/\S+@\S+$/gm, (who) => (who.endsWith("example.com") ? who : "you@server"))
    .replace(/\(\d+ ms\)/g, "(80 ms)")
    .split("\n")
    .map(broken)
    .join("\n")
    .trim()
    .concat("\n");
}

/** A line as a terminal's width breaks it, at spaces. */
function broken(line: string): string {
  if (line.length <= columns) return line;
  const at = line.lastIndexOf(" ", columns);
  return at <= 0 ? line : `${line.slice(0, at)}\n${broken(line.slice(at + 1))}`;
}
