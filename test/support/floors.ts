import { posix } from "node:path";
import type { Finding } from "./code-rules.js";
import type { Import, SourceFile } from "./source-files.js";

/**
 * The house, from the ground up. A file imports from floors below its own and from its own room; rooms on the same
 * floor do not know each other.
 */
export const floors: Readonly<Record<string, number>> = {
  core: 1,
  config: 2,
  email: 2,
  calendar: 2,
  oauth: 2,
  credentials: 3,
  registry: 4,
  providers: 5,
  integrations: 6,
  operations: 7,
  setup: 8,
  guard: 8,
  cli: 9,
  mcp: 9,
  tools: 9,
  index: 10,
};

/** Rooms that stand apart, with the paths of all that they may import, and the rooms that may import them. */
const apart: Readonly<Record<string, { imports: RegExp; importedBy: readonly string[] }>> = {
  sandbox: { imports: /^core\//, importedBy: ["cli", "demo"] },
  // The demo shows what anybody can do with the package: it has its public entries, and how text fits a terminal.
  demo: {
    imports: /^(index|config|(email|calendar|sandbox)\/index|core\/(display-width|printable))\.ts$/,
    importedBy: ["cli"],
  },
  testing: { imports: /^(core|email|calendar)\/|^(config|registry|provider|credentials\/store)\.ts$/, importedBy: [] },
};

/** Files that live in a room of another name: what the registry's providers and clients are made with. */
const roomOfFile: Readonly<Record<string, string>> = {
  provider: "registry",
  "client-options": "registry",
  "env-settings": "config",
  "platform-folders": "config",
};

/** The faces: nothing in the house depends on how it is shown. */
const faces = ["cli", "mcp", "tools"];

/** The room that a file under `src/` belongs to: its first folder, or its own name. */
export function roomOf(path: string): string {
  const first = (path.split("/")[0] ?? path).replace(/\.ts$/, "");
  return roomOfFile[first] ?? first;
}

/** Every import that goes up, sideways, or into a room that stands apart. */
export function checkFloors(file: SourceFile): Finding[] {
  const from = roomOf(file.path);
  if (!(from in floors) && !(from in apart)) {
    return [{ file: file.path, line: 1, problem: `"${from}" has no floor in the architecture` }];
  }
  return file.imports.flatMap((each) => {
    const problem = each.specifier.startsWith(".") ? problemWith(from, pathOfImport(file, each), each) : undefined;
    return problem === undefined ? [] : [{ file: file.path, line: each.line, problem }];
  });
}

function pathOfImport(file: SourceFile, { specifier }: Import): string {
  return posix.join(posix.dirname(file.path), specifier).replace(/\.js$/, ".ts");
}

function problemWith(from: string, path: string, { kind, specifier }: Import): string | undefined {
  const to = roomOf(path);
  if (from === to) return undefined;
  if (to === "..") return `imports ${specifier}, which is outside src/`;
  const lonely = apart[from];
  if (lonely) return lonely.imports.test(path) ? undefined : `${from} stands apart and must not import ${path}`;
  const visited = apart[to];
  if (visited)
    return visited.importedBy.includes(from) ? undefined : `${from} must not import ${to}, which stands apart`;
  if (from === "index" && (faces.includes(to) || to === "setup")) {
    return kind === "static" ? `the public names reach ${to} only when called: use import()` : undefined;
  }
  if (from === "cli" && to === "mcp") {
    return kind === "static" ? "the command line reaches mcp only when it serves one: use import()" : undefined;
  }
  if (faces.includes(to)) return `nothing imports ${to}`;
  if ((from === "mcp" || from === "tools") && to === "operations") return `${from} reaches operations through guard`;
  const [own, other] = [floors[from] ?? 0, floors[to] ?? Infinity];
  return other < own ? undefined : `${from} (floor ${own}) must not import ${to} (floor ${other})`;
}
