import { describe, expect, it } from "vitest";
import { modulesLoadedBy } from "./support/loaded-modules.js";

/** Loaded when they are needed, and not before: each costs milliseconds that a program without use for them would pay. */
const onDemand: Readonly<Record<string, RegExp>> = {
  undici: /\/node_modules\/undici\//,
  valibot: /\/node_modules\/valibot\//,
  locks: /\/node_modules\/fs-native-extensions\//,
  "openid-client": /\/node_modules\/(openid-client|oauth4webapi|jose)\//,
  prompts: /\/node_modules\/(@clack\/|open\/)/,
  "postal-mime": /\/node_modules\/postal-mime\//,
  htmlparser2: /\/node_modules\/htmlparser2\//,
  Temporal: /\/node_modules\/(temporal-polyfill|rrule-temporal)\//,
  yaml: /\/node_modules\/yaml\//,
  "a provider's client": /\/dist\/providers\/.*\/client\.js$/,
  crypto: /^node:crypto/,
  "the sandbox": /\/dist\/(sandbox|demo)\//,
  MCP: /\/node_modules\/(@modelcontextprotocol|zod)\/|\/dist\/mcp\//,
};

function tooEarly(modules: readonly string[]): string[] {
  return Object.keys(onDemand).filter((name) => modules.some((url) => onDemand[name]?.test(url)));
}

function evaluating(code: string): string[] {
  return modulesLoadedBy("--input-type=module", "--eval", code);
}

describe("starting up", () => {
  it("loads nothing on demand when the package's root is imported", () => {
    const loaded = evaluating('await import("maigic-integrations");');
    expect(loaded.filter((url) => url.endsWith("/dist/index.js"))).toHaveLength(1);
    expect(tooEarly(loaded)).toEqual([]);
  });

  it("loads nothing on demand when a client is made, before its first call", () => {
    const loaded = evaluating(`
      const { createCalendarClient, createEmailClient, getAvailableIntegrations, IntegrationConfig } =
        await import("maigic-integrations");
      const config = IntegrationConfig.fromEnv({ googleGmailEnabled: true, googleCalendarEnabled: true });
      getAvailableIntegrations(config);
      createEmailClient("google_gmail", { config });
      createCalendarClient("google_calendar", { config });`);
    expect(loaded.some((url) => url.endsWith("/dist/providers/google/gmail/provider.js"))).toBe(true);
    expect(tooEarly(loaded)).toEqual([]);
  });

  it("loads nothing on demand when one looks at what an assistant can do", () => {
    const loaded = evaluating('await import("./dist/operations/index.js");');
    expect(loaded.some((url) => url.endsWith("/dist/operations/email/reading.js"))).toBe(true);
    expect(tooEarly(loaded)).toEqual([]);
  });

  it.each([
    ["bin.js", "--version"],
    ["bin.js", "--help"],
    ["bin.js", "email --help"],
    ["setup-bin.js", "--version"],
    ["setup-bin.js", "--help"],
  ])("loads nothing on demand for %s %s", (bin, words) => {
    const loaded = modulesLoadedBy(`dist/cli/${bin}`, ...words.split(" "));
    expect(loaded.some((url) => url.endsWith("/dist/cli/main.js"))).toBe(true);
    expect(tooEarly(loaded)).toEqual([]);
  });

  it("opens the vault and reads a token that is still good without what signs in", () => {
    const loaded = evaluating('await import("./dist/credentials/open-manager.js");');
    expect(loaded.some((url) => url.endsWith("/dist/credentials/access-tokens.js"))).toBe(true);
    expect(tooEarly(loaded)).toEqual(["crypto"]);
  });

  it("loads for mcp what serves it, and nothing of other commands, calls and providers", () => {
    const loaded = evaluating(`
      const [{ runCli }, { IntegrationConfig, getRegistry }] =
        await Promise.all([import("./dist/cli/main.js"), import("maigic-integrations")]);
      const config = IntegrationConfig.fromEnv({ configDir: "/nowhere", credentialStorage: "memory" }, { env: {} });
      process.stderr.write = () => true; // that nobody has connected anything
      await runCli(["mcp", "--read-only"], { registry: getRegistry(config) });`);
    expect(loaded.some((url) => url.endsWith("/dist/guard/open-guard.js"))).toBe(true);
    expect(tooEarly(loaded)).toEqual(["valibot", "crypto", "MCP"]);
    const needless = /\/dist\/(cli\/(views|operation|completion)|setup|guard\/untrusted)\/|\/call-tool\.js$/;
    expect(loaded.filter((url) => needless.test(url))).toEqual([]);
    const own = loaded.flatMap((url) => /\/dist\/cli\/(?:commands|definitions)\/(.*)\.js$/.exec(url)?.[1] ?? []);
    expect(own.sort()).toEqual(["command", "mcp", "mcp-command"]);
  });

  it("would notice each of them", () => {
    const early = ["undici", "valibot", "openid-client", "@clack/prompts", "postal-mime", "htmlparser2", "yaml"];
    const own = ["./dist/providers/google/gmail/client.js", "./dist/sandbox/index.js", "./dist/mcp/serve.js"];
    const loaded = evaluating(
      [...early, "temporal-polyfill", "fs-native-extensions", ...own]
        .map((name) => `await import("${name}");`)
        .join("\n"),
    );
    expect(tooEarly(loaded)).toEqual(Object.keys(onDemand));
  });
});
