import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { builtInProviders } from "../src/providers/index.js";
import { controls } from "./support/architecture-controls.js";
import { rules, type PackageFacts } from "./support/code-rules.js";
import { floors, roomOf } from "./support/floors.js";
import { parseSource, readSources, root } from "./support/source-files.js";

interface Manifest {
  dependencies: Record<string, string>;
  peerDependencies: Record<string, string>;
  peerDependenciesMeta: Record<string, { optional: boolean }>;
}

const manifest = JSON.parse(readFileSync(join(root, "package.json"), "utf8")) as Manifest;
const facts: PackageFacts = {
  dependencies: Object.keys(manifest.dependencies),
  optional: Object.keys(manifest.peerDependencies),
  providerNames: builtInProviders.map((provider) => provider.getName()),
};

describe("the architecture", () => {
  const sources = readSources();

  it("is read from the whole of src/", () => {
    expect(sources.map((file) => file.path)).toEqual(
      expect.arrayContaining(["config.ts", "core/http.ts", "providers/google/http.ts"]),
    );
    expect(facts.providerNames).toContain("google_gmail");
    expect(facts.optional).toEqual(Object.keys(manifest.peerDependenciesMeta));
  });

  it.each(rules)("holds: $name", ({ check }) => {
    const findings = sources.flatMap((file) => check(file, facts));
    expect(findings.map(({ file, line, problem }) => `src/${file}:${line} ${problem}`)).toEqual([]);
  });

  it.each(rules)("would notice a file against: $name", ({ name, check }) => {
    const { broken = {}, kept = {} } = controls[name] ?? {};
    const found = (tree: Record<string, string>): string[] =>
      Object.entries(tree).flatMap(([path, text]) => check(parseSource(path, text), facts).map(({ file }) => file));
    expect(found(broken)).toEqual(Object.keys(broken));
    expect(found(broken)).not.toEqual([]);
    expect(found(kept)).toEqual([]);
  });

  it("is drawn in docs/architecture.md as it is built", () => {
    const page = readFileSync(join(root, "docs/architecture.md"), "utf8");
    const drawn = [...page.matchAll(/^\| +(\w+) +\| `([\w-]+)(?:\/|\.ts)`/gm)].map(([, floor, room]) => [room, floor]);
    const rooms = [...new Set(sources.map((file) => roomOf(file.path)))];
    const built = rooms.map((room) => [room, String(floors[room] ?? "apart")]);
    expect(Object.fromEntries(drawn)).toEqual(Object.fromEntries(built));
  });
});
