import { readFileSync, writeFileSync } from "node:fs";
import { setTimeout as sleep } from "node:timers/promises";
import { IntegrationConfig, type ConfigOverrides } from "maigic-integrations";
import { notes, notesCredentials } from "./notes-provider.js";

/** What a writer is started with. */
export interface KeyWriterOrder {
  readonly config: ConfigOverrides;
  /** Whose keys it writes, one after the other, again and again. */
  readonly profiles: readonly string[];
  /** The first number that it writes. */
  readonly first: number;
  /** How long it rests after each; default: not at all. */
  readonly pauseMs?: number;
  /** What a control breaks: acknowledging before the write is done, or writing over a file in its place. */
  readonly broken?: "acknowledges early" | { readonly writesInPlace: string };
}

/** What it says when a write is done. */
export interface Acknowledged {
  readonly profile: string;
  readonly number: number;
}

// It waits for its order, so that whoever kills it need not wait for a process to start.
process.once("message", (order: KeyWriterOrder) => void write(order));
process.once("disconnect", () => process.exit());

async function write({ config, profiles, first, pauseMs, broken }: KeyWriterOrder): Promise<void> {
  const credentials = notesCredentials(IntegrationConfig.fromEnv(config, { env: {} }));
  for (let number = first; ; number++) {
    for (const profile of profiles) {
      if (broken === "acknowledges early") process.send?.({ profile, number } satisfies Acknowledged);
      await credentials.storeCredentials(notes, { apiKey: `${profile} ${number}` }, profile);
      process.send?.({ profile, number } satisfies Acknowledged);
      if (typeof broken === "object") writeInPlace(broken.writesInPlace);
      if (pauseMs !== undefined) await sleep(pauseMs);
    }
  }
}

/** As a program writes that knows no better: the first half, and then the whole. */
function writeInPlace(file: string): void {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.slice(0, text.length / 2));
  const until = performance.now() + 5;
  while (performance.now() < until);
  writeFileSync(file, text);
}
