import { existsSync, readFileSync } from "node:fs";
import { parseEnv } from "node:util";
import { integrationError } from "./core/errors.js";

/** What a variable is set to. */
export interface Setting {
  readonly value: string;
  /** The `.env` file that set it; undefined when the environment did. */
  readonly file?: string;
}

/** A `.env` file may switch integrations on and name folders and profiles; nothing that redirects traffic or keys. */
const settableInFiles = /^(MAIGIC_ENVIRONMENT|MAIGIC_CREDENTIALS_DIR|MAIGIC_DEFAULT_USER|[A-Z][A-Z0-9_]*_ENABLED)$/;

/** What a `.env` file sets; nothing when it is not there. @throws ConfigurationError `config.invalid_file` when it cannot be read */
export function readEnvFile(file: string): Map<string, Setting> {
  if (!existsSync(file)) return new Map();
  let text: string;
  try {
    text = readFileSync(file, "utf8");
  } catch (cause) {
    throw integrationError("config.invalid_file", {
      message: `${file} cannot be read.`,
      hint: `Make ${file} a text file that you may read, or remove it.`,
      details: { file },
      cause,
    });
  }
  const allowed = Object.entries(parseEnv(text.replace(/^\ufeff/, ""))).filter(
    ([name, value]) => settableInFiles.test(name) && value,
  );
  return new Map(allowed.map(([name, value]) => [name, { value: value ?? "", file }]));
}
