import { existsSync, readdirSync, readFileSync } from "node:fs";
import { dirname, join, relative, resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "./support/source-files.js";

/** Places on somebody's machine. `/home/` and the like only as folders with a name in them. */
const machinePath: RegExp = /(?<![\w.:/~])\/(?:home|root|Users|mnt|media|workspace)\/\w+/g;
const upwardPath: RegExp = /(?<![\w./])(?:\.\.\/)+[\w.-]+(?:\/[\w.-]+)*/g;

/** What a file says about places that a clone of the repository does not have. `around` is the folder it lies in. */
function outsidePlaces(file: string, text: string, around: string = dirname(resolve(root))): string[] {
  // A clone in a folder that every machine has proves nothing.
  const neighbours = !["/", "/tmp", "/home", "/root"].includes(around) && text.includes(`${around}/`);
  const prose = /\.(md|json|ya?ml)$/.test(file) ? (text.match(upwardPath) ?? []) : commentsOf(text).flatMap(paths);
  const missing = prose.filter((path) => {
    const target = resolve(root, dirname(file), path);
    return relative(root, target).startsWith("..") || !existsSync(target);
  });
  const places = file.endsWith(".test.ts") ? [] : (text.match(machinePath) ?? []); // tests invent such folders
  return [...(neighbours ? [around] : []), ...places, ...missing];
}

function commentsOf(text: string): string[] {
  return text.match(/\/\*[^]*?\*\/|(?<!:)\/\/.*/g) ?? [];
}

function paths(text: string): string[] {
  // A profile called like a way out is the usual example of bad input.
  return (text.match(upwardPath) ?? []).filter((path) => !path.endsWith("/etc"));
}

describe("the repository", () => {
  const files = filesOf("");

  it("names nothing that lies outside of it", () => {
    expect(files).toContain("package.json");
    const found = files
      .map((file) => [file, outsidePlaces(file, readFileSync(join(root, file), "utf8"))] as const)
      .filter(([, places]) => places.length > 0);
    expect(Object.fromEntries(found)).toEqual({});
  });

  it("would notice a path that only somebody's machine has", () => {
    const [up, homes] = ["../", "/home/"]; // apart from the rest, or this file would name what it looks for
    const mentions: Record<string, string> = {
      "a.md": "see ../plans/api.md",
      "docs/b.md": "see [the plan](../../plans/api.md)",
      "src/c.ts": `/** As in ${up}plans/api.md. */`,
      "d.yml": `path: ${homes}ann/clone`,
      "e.ts": 'const a = "/clones/other";',
    };
    const unnoticed = Object.entries(mentions).filter(
      ([file, text]) => outsidePlaces(file, text, "/clones").length === 0,
    );
    expect(unnoticed.map(([file]) => file)).toEqual([]);
    expect(outsidePlaces("docs/f.md", "see [the manifest](../package.json)")).toEqual([]);
  });

  it("keeps credentials and local settings out of git", () => {
    const ignored = readFileSync(join(root, ".gitignore"), "utf8").split("\n");
    expect(ignored).toEqual(expect.arrayContaining(["credentials/", ".env", ".env.*", "token.json", "*.key"]));
  });
});

const textFile = /\.(ts|js|json|md|ya?ml)$|^\.\w+$|^run$/;
const notOurs = ["node_modules", ".git", "dist", "dist-scripts", "coverage", "credentials", "package-lock.json"];

/** The text files below a folder, but what is installed, built or kept out of git. */
function filesOf(folder: string): string[] {
  return readdirSync(join(root, folder), { withFileTypes: true })
    .filter((entry) => folder.startsWith("src") || !notOurs.includes(entry.name))
    .flatMap((entry) => {
      const path = join(folder, entry.name);
      if (entry.isDirectory()) return filesOf(path);
      return textFile.test(entry.name) ? [path] : [];
    });
}
