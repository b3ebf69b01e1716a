import ts from "typescript";
import { checkFloors } from "./floors.js";
import { lineOf, nodesOf, type Import, type SourceFile } from "./source-files.js";

/** One place that breaks a rule. */
export interface Finding {
  /** Relative to `src/`. */
  readonly file: string;
  readonly line: number;
  readonly problem: string;
}

/** What the rules need to know of the package. */
export interface PackageFacts {
  readonly dependencies: readonly string[];
  /** Installed only by those who need them. */
  readonly optional: readonly string[];
  readonly providerNames: readonly string[];
}

/** A rule as a sentence, and what looks for its violations in one file. */
export interface Rule {
  readonly name: string;
  readonly check: (file: SourceFile, facts: PackageFacts) => Finding[];
}

/** All rules that `docs/architecture.md` states about `src/`. */
export const rules: readonly Rule[] = [
  { name: "imports go down the floors only", check: checkFloors },
  { name: "the environment is read in config.ts and the bins only", check: nodeRule(readsEnvironment, envReaders) },
  { name: "only cli/ prints", check: nodeRule(printsToConsole, /^cli\//) },
  { name: "only cli/ opens a browser", check: nodeRule(opensBrowser, /^cli\//) },
  { name: "the network is reached through core/http.ts only", check: reachesOut },
  { name: "the current time comes from core/clock.ts only", check: nodeRule(readsTime, mayReadTime) },
  { name: "provider names stand under providers/, sandbox/ and demo/ only", check: namesProvider },
  { name: "packages are declared, and optional ones loaded by import() only", check: importsPackages },
  { name: "the contracts name no package's types", check: namesVendor },
  { name: "failures are made by integrationError", check: nodeRule(makesPlainError) },
  { name: "everything that is exported has a name", check: nodeRule(exportsWithoutName) },
];

function envReaders(path: string): boolean {
  return ["config.ts", "cli/bin.ts", "cli/setup-bin.ts"].includes(path);
}

type Allowed = RegExp | ((path: string) => boolean);

/** A rule that looks at each node by itself; `allowed` are the files that it does not hold for. */
function nodeRule(
  problemOf: (node: ts.Node, file: SourceFile) => string | undefined,
  allowed: Allowed = () => false,
): Rule["check"] {
  return (file) => {
    if (allowed instanceof RegExp ? allowed.test(file.path) : allowed(file.path)) return [];
    return [...nodesOf(file.syntax)].flatMap((node) => {
      const problem = problemOf(node, file);
      return problem === undefined ? [] : [{ file: file.path, line: lineOf(node), problem }];
    });
  };
}

function readsEnvironment(node: ts.Node): string | undefined {
  const property = ts.isPropertyAccessExpression(node) && node.name.text === "env" && node.expression.getText();
  const index = ts.isElementAccessExpression(node) && /^process\[["']env["']\]$/.test(node.getText());
  if (property === "process" || property === "globalThis.process" || index) return "reads process.env";
  return imports(node, /^(node:)?process$/) ? "imports node:process, which hides the environment" : undefined;
}

function printsToConsole(node: ts.Node): string | undefined {
  if (imports(node, /^(node:)?console$/)) return "imports node:console";
  return isGlobal(node, "console") ? "uses console" : undefined;
}

function opensBrowser(node: ts.Node): string | undefined {
  const loads = ts.isCallExpression(node) && /^import\(["']open["']\)$/.test(node.getText());
  return loads || imports(node, /^open$/) ? "opens a browser" : undefined;
}

function readsTime(node: ts.Node): string | undefined {
  if (isGlobal(node, "performance") || imports(node, /^(node:)?perf_hooks$/)) return "uses performance";
  if (ts.isNewExpression(node) && node.expression.getText() === "Date" && !node.arguments?.length) return "new Date()";
  if (ts.isCallExpression(node) && node.expression.getText() === "Date") return "Date()";
  const access = ts.isPropertyAccessExpression(node) ? node.getText() : "";
  return /^(Date\.now|process\.(hrtime|uptime)|(\w+\.)*Temporal\.Now)$/.test(access) ? access : undefined;
}

/** The demo, which is a program of its own, says how long it took. */
function mayReadTime(path: string): boolean {
  return path === "core/clock.ts" || path.startsWith("demo/");
}

const networkModules = /^(node:)?(http|https|http2|net|tls|dgram|dns)(\/|$)/;
const networkGlobals = ["fetch", "WebSocket", "EventSource"];

/** Listening is no reaching out: the sandbox and the loopback of a sign-in may make a server, and nothing else. */
function mayListen(path: string): boolean {
  return path.startsWith("sandbox/") || path === "oauth/loopback.ts";
}

function reachesOut(file: SourceFile): Finding[] {
  if (file.path === "core/http.ts") return [];
  const modules = file.imports.filter((each) => each.kind !== "type" && isNetwork(file, each));
  return [
    ...modules.map(({ line, specifier }) => ({ file: file.path, line, problem: `loads ${specifier}` })),
    ...nodeRule((node) =>
      networkGlobals.map((name) => (isGlobal(node, name) ? `uses ${name}` : undefined)).find(Boolean),
    )(file, { dependencies: [], optional: [], providerNames: [] }),
  ];
}

function isNetwork(file: SourceFile, { specifier, names }: Import): boolean {
  if (specifier === "undici") return true;
  if (!networkModules.test(specifier)) return false;
  const onlyListens = names.length > 0 && names.every((name) => name === "createServer");
  return !(mayListen(file.path) && specifier === "node:http" && onlyListens);
}

function namesProvider(file: SourceFile, { providerNames }: PackageFacts): Finding[] {
  const check = nodeRule((node) => {
    if (!ts.isStringLiteralLike(node) && !ts.isTemplateLiteralToken(node)) return undefined;
    const name = providerNames.find((each) => node.text.includes(each));
    return name === undefined ? undefined : `names ${name}: ask for a capability instead`;
  }, /^(providers|sandbox|demo)\//);
  return check(file, { dependencies: [], optional: [], providerNames });
}

function importsPackages(file: SourceFile, { dependencies, optional }: PackageFacts): Finding[] {
  const problemOf = ({ specifier, kind }: Import): string | undefined => {
    if (specifier.startsWith(".") || specifier.startsWith("node:")) return undefined;
    const name = specifier.split("/", specifier.startsWith("@") ? 2 : 1).join("/");
    if (optional.includes(name)) return kind === "static" ? `${name} is optional: use import()` : undefined;
    return dependencies.includes(name) ? undefined : `${name} is not among the package's dependencies`;
  };
  return file.imports.flatMap((each) => {
    const problem = problemOf(each);
    return problem === undefined ? [] : [{ file: file.path, line: each.line, problem }];
  });
}

/** Whoever uses a contract needs nobody's types but ours; folders such as `email/mime/` work inside. */
function namesVendor(file: SourceFile): Finding[] {
  if (!/^(email|calendar)\/[^/]+$/.test(file.path)) return [];
  return file.imports
    .filter(({ specifier, kind }) => kind === "type" && !specifier.startsWith("."))
    .map(({ line, specifier }) => ({ file: file.path, line, problem: `takes a type from ${specifier}` }));
}

const plainErrors = ["Error", "TypeError", "RangeError", "AggregateError"];

function makesPlainError(node: ts.Node): string | undefined {
  const made = ts.isNewExpression(node) || ts.isCallExpression(node) ? node.expression.getText() : "";
  return plainErrors.includes(made) ? `makes a plain ${made}` : undefined;
}

function exportsWithoutName(node: ts.Node): string | undefined {
  const marked =
    node.kind === ts.SyntaxKind.DefaultKeyword &&
    (ts.isFunctionDeclaration(node.parent) || ts.isClassDeclaration(node.parent));
  if (ts.isExportAssignment(node) || marked) return "default export";
  return ts.isExportDeclaration(node) && !node.exportClause ? "export *" : undefined;
}

function imports(node: ts.Node, specifier: RegExp): boolean {
  return ts.isImportDeclaration(node) && specifier.test(node.moduleSpecifier.getText().slice(1, -1));
}

/** Whether a node uses a global of that name, and not a property, a key or something of the file's own. */
function isGlobal(node: ts.Node, name: string): boolean {
  if (!ts.isIdentifier(node) || node.text !== name) return false;
  const { parent } = node;
  if (ts.isPropertyAccessExpression(parent) && parent.name === node)
    return parent.expression.getText() === "globalThis";
  if ("name" in parent && parent.name === node && !ts.isShorthandPropertyAssignment(parent)) return false;
  if (ts.isTypeNode(parent) || ts.isImportSpecifier(parent)) return false;
  return !declares(node.getSourceFile(), name);
}

function declares(syntax: ts.SourceFile, name: string): boolean {
  return [...nodesOf(syntax)].some(
    (node) =>
      (ts.isVariableDeclaration(node) ||
        ts.isParameter(node) ||
        ts.isFunctionDeclaration(node) ||
        ts.isBindingElement(node)) &&
      node.name?.getText() === name,
  );
}
