import type { GoogleSandbox } from "maigic-integrations/sandbox";

/** What the sandbox can be told to answer instead of its own. */
export type SandboxFault = Parameters<GoogleSandbox["failNext"]>[0]["respond"];
