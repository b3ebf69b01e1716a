import { createRequire } from "node:module";
import { integrationError } from "./errors.js";

const require = createRequire(import.meta.url);

/** Whether an optional package can be loaded from here. */
export function isInstalled(packageName: string): boolean {
  try {
    require.resolve(packageName);
    return true;
  } catch (error) {
    // Any other code, such as a package without a CommonJS entry, means that it was found.
    return !(error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND");
  }
}

/**
 * Makes sure that optional packages are there.
 *
 * @param what - what needs them, at the beginning of a sentence
 * @throws ConfigurationError `config.missing_dependency` with the command that installs them
 */
export function requireInstalled(what: string, packages: readonly string[]): void {
  const missing = packages.filter((name) => !isInstalled(name));
  if (missing.length === 0) return;
  throw integrationError("config.missing_dependency", {
    message: `${what} needs packages that are not installed.`,
    hint: `Run: npm install ${missing.join(" ")}`,
    details: { packages: missing },
  });
}
