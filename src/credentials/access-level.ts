import { integrationError } from "../core/errors.js";
import type { AccessLevel } from "./types.js";

/** An access level, checked: what is none must not count as more than reading. @throws ConfigurationError `config.invalid` */
export function requireAccess(access: AccessLevel | undefined): void {
  const levels: readonly (AccessLevel | undefined)[] = ["read", "write", "full", undefined];
  if (levels.includes(access)) return;
  throw integrationError("config.invalid", {
    message: `There is no access level "${String(access)}".`,
    hint: "Ask for read, write or full.",
  });
}
