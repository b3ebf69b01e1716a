/** What a rule must find, one violation a file, and files that it must let pass; paths are relative to `src/`. */
export interface Control {
  readonly broken: Readonly<Record<string, string>>;
  readonly kept: Readonly<Record<string, string>>;
}

/** By the name of the rule. */
export const controls: Readonly<Record<string, Control>> = {
  "imports go down the floors only": {
    broken: {
      "core/a.ts": 'import type { A } from "../email/models.js";',
      "email/a.ts": 'import { b } from "../calendar/time-range.js";',
      "oauth/a.ts": 'export { b } from "../config.js";',
      "credentials/a.ts": 'import { b } from "../registry.js";',
      "provider.ts": 'import { b } from "./providers/index.js";',
      "setup/a.ts": 'const b = await import("../cli/main.js");',
      "guard/a.ts": 'import { b } from "../setup/wizard.js";',
      "mcp/a.ts": 'import { b } from "../operations/table.js";',
      "tools/a.ts": 'import type { B } from "../operations/operation.js";',
      "mcp/b.ts": 'import { b } from "../tools/index.js";',
      "guard/b.ts": 'const b = await import("../mcp/serve.js");',
      "cli/a.ts": 'import { b } from "../index.js";',
      "cli/c.ts": 'import { b } from "../mcp/serve.js";',
      "cli/d.ts": 'const b = await import("../tools/index.js");',
      "index.ts": 'import { b } from "./cli/main.js";',
      "sandbox/a.ts": 'import type { B } from "../providers/google/gmail/wire.js";',
      "demo/a.ts": 'import { b } from "../integrations.js";',
      "demo/b.ts": 'import type { Email } from "../email/models.js";',
      "registry.ts": 'import { b } from "./sandbox/index.js";',
      "config.ts": 'import { b } from "../package.js";',
      "attic/a.ts": "",
    },
    kept: {
      "email/b.ts": 'import { a } from "../core/clock.js"; import { c } from "./mime/headers.js";',
      "registry.ts": 'import { a } from "./provider.js"; import { b } from "./credentials/types.js";',
      "cli/b.ts": 'const a = await import("../demo/run.js"); const b = await import("../sandbox/index.js");',
      "cli/e.ts": 'import type { A } from "../mcp/serve.js"; const b = () => import("../mcp/serve.js");',
      "mcp/c.ts": 'import type { Guard } from "../guard/guard.js";',
      "index.ts": 'import type { A } from "./cli/main.js"; const b = () => import("./setup/wizard.js");',
      "demo/c.ts": 'import { a } from "../index.js"; import { b } from "../sandbox/index.js";',
    },
  },
  "the environment is read in config.ts and the bins only": {
    broken: {
      "core/a.ts": "const a = process.env.HOME;",
      "core/b.ts": 'const a = process["env"];',
      "cli/c.ts": 'import { env } from "node:process";',
    },
    kept: {
      "config.ts": "const a = process.env;",
      "cli/bin.ts": "run(process.env);",
      "core/c.ts": "const a = sources.env;",
    },
  },
  "only cli/ prints": {
    broken: { "core/a.ts": 'console.log("a");', "demo/b.ts": "const { log } = console;" },
    kept: { "cli/a.ts": 'console.log("a");', "core/b.ts": "// console\nconst a = { console: 1 };" },
  },
  "the network is reached through core/http.ts only": {
    broken: {
      "core/a.ts": 'const a = await fetch("https://example.com");',
      "core/b.ts": "const a = { fetch };",
      "core/c.ts": "const a = globalThis.fetch;",
      "email/d.ts": 'const a = await import("undici");',
      "oauth/e.ts": 'import { createServer } from "node:http";',
      "sandbox/f.ts": 'import { createServer, request } from "node:http";',
      "sandbox/g.ts": 'import http from "node:http";',
      "oauth/loopback.ts": 'import { connect } from "node:net";',
      "core/h.ts": 'const a = new WebSocket("wss://example.com");',
    },
    kept: {
      "core/http.ts": 'const a = await import("undici");',
      "registry.ts": 'import type { Dispatcher } from "undici";',
      "oauth/loopback.ts": 'import { createServer, type Server } from "node:http";',
      "sandbox/a.ts": 'import { createServer } from "node:http"; import type { Socket } from "node:net";',
      "oauth/a.ts": "const a = (fetch: () => void) => { fetch(); }; const b = { fetch: 1 }; b.fetch;",
    },
  },
  "the current time comes from core/clock.ts only": {
    broken: {
      "core/a.ts": "const a = Date.now();",
      "core/b.ts": "const a = new Date();",
      "core/c.ts": "const a = performance.now();",
      "core/d.ts": "const a = process.hrtime.bigint();",
      "core/e.ts": "const a = Temporal.Now.instant();",
    },
    kept: { "core/clock.ts": "const a = Date.now();", "core/f.ts": "const a = new Date(0); const b = Date.parse(c);" },
  },
  "provider names stand under providers/, sandbox/ and demo/ only": {
    broken: { "cli/a.ts": 'const a = "google_gmail";', "core/b.ts": "const a = `run --service google_calendar ${b}`;" },
    kept: {
      "providers/a.ts": 'const a = "google_gmail";',
      "core/c.ts": '/** Such as `google_gmail`. */ const a = "GOOGLE_GMAIL_ENABLED";',
    },
  },
  "packages are declared, and optional ones loaded by import() only": {
    broken: {
      "email/a.ts": 'import PostalMime from "postal-mime";',
      "calendar/b.ts": 'import type { calendar_v3 } from "@googleapis/calendar";',
      "core/c.ts": 'const a = await import("left-pad");',
      "core/d.ts": 'type A = import("google-auth-library").OAuth2Client;',
    },
    kept: {
      "email/c.ts": 'const a = await import("postal-mime"); import type { Email } from "postal-mime";',
      "core/e.ts": 'import * as v from "valibot"; import { a } from "node:fs"; import { intro } from "@clack/prompts";',
    },
  },
  "the contracts name no package's types": {
    broken: {
      "email/a.ts": 'import type { Dispatcher } from "undici";',
      "calendar/b.ts": 'export type A = import("temporal-polyfill").Temporal.Instant;',
    },
    kept: { "email/mime/c.ts": 'type A = typeof import("postal-mime");', "email/d.ts": 'import { a } from "./e.js";' },
  },
  "only cli/ opens a browser": {
    broken: {
      "setup/a.ts": 'const { default: open } = await import("open");',
      "core/b.ts": 'import open from "open";',
    },
    kept: { "cli/c.ts": 'await import("open");', "setup/d.ts": "await prompter.showAddress(url, { open: true });" },
  },
  "failures are made by integrationError": {
    broken: { "core/a.ts": 'throw new Error("a");', "core/b.ts": 'throw TypeError("a");' },
    kept: { "core/c.ts": 'throw integrationError("config.invalid"); class A extends Error {}' },
  },
  "everything that is exported has a name": {
    broken: {
      "core/a.ts": "export default 1;",
      "core/b.ts": "export default function a() {}",
      "core/c.ts": 'export * from "./d.js";',
    },
    kept: { "core/d.ts": "export const a = 1; switch (a) { default: }" },
  },
};
