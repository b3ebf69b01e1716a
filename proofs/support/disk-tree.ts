import { createHash } from "node:crypto";
import { lstatSync, readdirSync, readFileSync, readlinkSync } from "node:fs";
import { join, relative } from "node:path";

/** What lies in a folder: of each path below it what it is, who may read it, and what is in it. */
export type DiskTree = ReadonlyMap<string, string>;

/** Looks through a folder; links are not followed. */
export function diskTree(folder: string): DiskTree {
  return new Map(entriesOf(folder, folder));
}

function entriesOf(folder: string, root: string): [string, string][] {
  return readdirSync(folder).flatMap((name): [string, string][] => {
    const path = join(folder, name);
    const stat = lstatSync(path);
    const mode = (stat.mode & 0o777).toString(8);
    const below = relative(root, path);
    if (stat.isSymbolicLink()) return [[below, `link to ${readlinkSync(path)}`]];
    if (stat.isDirectory()) return [[below, `${mode} folder`], ...entriesOf(path, root)];
    const content = stat.isFile() ? createHash("sha256").update(readFileSync(path)).digest("hex") : "something else";
    return [[below, `${mode} ${content}`]];
  });
}

/** What is new, gone or other in a tree. @param mayGrow - whether a new path is as it should be */
export function changedPaths(before: DiskTree, after: DiskTree, mayGrow: (path: string) => boolean): string[] {
  const changed = [...before].filter(([path, content]) => after.get(path) !== content).map(([path]) => path);
  return [...changed, ...[...after.keys()].filter((path) => !before.has(path) && !mayGrow(path))];
}
