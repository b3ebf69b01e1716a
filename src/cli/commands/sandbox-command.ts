import { readFile } from "node:fs/promises";
import { resolve } from "node:path";
import { once } from "node:events";
import { integrationError } from "../../core/errors.js";
import type { GoogleSandbox } from "../../sandbox/index.js";

/** Runs the sandbox until it is interrupted. */
export async function sandboxCommand(flags: {
  port?: string;
  seed?: string;
  large?: boolean;
  latency?: string;
}): Promise<void> {
  const { createGoogleSandbox, largeWorld, lifelikeWorld, parseSeed } = await import("../../sandbox/index.js");
  if (flags.large && flags.seed !== undefined) {
    throw integrationError("config.invalid", {
      message: "--large and --seed are both given, and each is a whole world.",
      hint: "Leave one of them out; generatedMessages and generatedEvents in a seed make it large.",
    });
  }
  const usual = flags.large ? largeWorld() : lifelikeWorld();
  const seed = flags.seed === undefined ? usual : await parseSeed(await readSeed(flags.seed));
  const sandbox = await createGoogleSandbox({
    port: wholeNumber("--port", flags.port, 65_535),
    latencyMs: wholeNumber("--latency", flags.latency, 60_000),
    seed,
  });
  try {
    await serve(sandbox);
  } finally {
    await sandbox.close();
  }
}

async function serve(sandbox: GoogleSandbox): Promise<void> {
  const clientFile = JSON.stringify(sandbox.clientFile(), undefined, 2);
  console.error(`A stand-in for Google answers on ${sandbox.url} until Ctrl-C.`);
  console.error(
    `Rehearse with it: npx maigic-integrations-setup --service gmail --sandbox ${sandbox.url} --credentials FILE`,
  );
  console.error("Its client file, for --credentials, is on standard output.");
  console.log(clientFile);
  await Promise.race([once(process, "SIGINT"), once(process, "SIGTERM")]);
}

async function readSeed(file: string): Promise<string> {
  const path = resolve(file);
  try {
    return await readFile(path, "utf8");
  } catch (cause) {
    throw integrationError("config.invalid_file", {
      message: `${path} cannot be read.`,
      hint: "Give --seed the path of a YAML or JSON file.",
      details: { file: path },
      cause,
    });
  }
}

function wholeNumber(flag: string, text: string | undefined, most: number): number {
  const value = Number(text ?? "0");
  if (Number.isInteger(value) && value >= 0 && value <= most) return value;
  throw integrationError("config.invalid", {
    message: `${flag} is "${text ?? ""}".`,
    hint: `Give ${flag} as a whole number from 0 to ${most}.`,
  });
}
