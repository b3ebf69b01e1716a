import type { Chapter } from "./contract.js";
import { authorization } from "./oauth-authorization.js";
import { endings } from "./oauth-endings.js";
import { tokens } from "./oauth-tokens.js";

/** All that the sandbox promises to do as Google does it. */
export const chapters: readonly Chapter[] = [authorization, tokens, endings];
