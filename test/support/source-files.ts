import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import ts from "typescript";

/** The repository's own folder. */
export const root: string = fileURLToPath(new URL("../..", import.meta.url));

/** One import or re-export, wherever it stands in a file. */
export interface Import {
  /** As written: `./http.js`, `undici`, `node:fs`. */
  readonly specifier: string;
  /** `type` disappears when compiled, `dynamic` is `import()`, `static` is loaded with the file. */
  readonly kind: "static" | "type" | "dynamic";
  /** What is taken by name; empty for a namespace, a default or a dynamic import. */
  readonly names: readonly string[];
  readonly line: number;
}

/** A source file as the rules see it. */
export interface SourceFile {
  /** Relative to `src/`, with slashes. */
  readonly path: string;
  readonly imports: readonly Import[];
  readonly syntax: ts.SourceFile;
}

/** All of `src/` but its tests. */
export function readSources(): SourceFile[] {
  const folder = join(root, "src");
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .map((path) => path.replaceAll("\\", "/"))
    .filter((path) => path.endsWith(".ts") && !path.endsWith(".test.ts"))
    .map((path) => parseSource(path, readFileSync(join(folder, path), "utf8")));
}

/** A file of `src/` from its text. */
export function parseSource(path: string, text: string): SourceFile {
  const syntax = ts.createSourceFile(path, text, ts.ScriptTarget.ESNext, true);
  return { path, syntax, imports: [...importsOf(syntax)] };
}

/** Every node of a file, outermost first. */
export function nodesOf(node: ts.Node): ts.Node[] {
  const nodes: ts.Node[] = [];
  const add = (each: ts.Node): void => {
    nodes.push(each);
    ts.forEachChild(each, add);
  };
  add(node);
  return nodes;
}

/** The line of a node, from 1. */
export function lineOf(node: ts.Node): number {
  return node.getSourceFile().getLineAndCharacterOfPosition(node.getStart()).line + 1;
}

function* importsOf(syntax: ts.SourceFile): Generator<Import> {
  for (const node of nodesOf(syntax)) {
    const target = targetOf(node);
    if (target) yield { ...target, line: lineOf(node) };
  }
}

function targetOf(node: ts.Node): Omit<Import, "line"> | undefined {
  if (ts.isImportDeclaration(node)) {
    const { importClause: clause } = node;
    const bindings = clause?.namedBindings;
    const named = bindings && ts.isNamedImports(bindings) ? [...bindings.elements] : [];
    const onlyTypes = named.length > 0 && clause?.name === undefined && named.every((each) => each.isTypeOnly);
    return {
      specifier: textOf(node.moduleSpecifier),
      kind: clause?.phaseModifier === ts.SyntaxKind.TypeKeyword || onlyTypes ? "type" : "static",
      names: named.filter((each) => !each.isTypeOnly).map((each) => (each.propertyName ?? each.name).text),
    };
  }
  if (ts.isExportDeclaration(node) && node.moduleSpecifier) {
    return { specifier: textOf(node.moduleSpecifier), kind: node.isTypeOnly ? "type" : "static", names: [] };
  }
  if (ts.isImportTypeNode(node)) {
    return { specifier: textOf(node.argument), kind: "type", names: [] };
  }
  if (ts.isCallExpression(node) && node.expression.kind === ts.SyntaxKind.ImportKeyword) {
    const [argument] = node.arguments;
    return { specifier: argument ? textOf(argument) : "", kind: "dynamic", names: [] };
  }
  return undefined;
}

function textOf(node: ts.Node): string {
  return node.getText().replace(/^["'`]|["'`]$/g, "");
}
