export { lifelikeWorld, type LifelikeOptions } from "./lifelike-world.js";
export { createGoogleSandbox, type ConsentAnswer, type GoogleSandbox, type SandboxOptions } from "./sandbox.js";
export { checkSeed, parseSeed } from "./seed.js";
export type { FaultResponse, FaultRule } from "./faults.js";
export type { IssuedTokens } from "./oauth/grants.js";
export type { OAuthControls } from "./oauth/controls.js";
export type {
  OAuthSeed,
  OAuthSettings,
  SeedClient,
  SeedProject,
  SeedServiceAccount,
} from "./oauth/oauth-seed.js";
export type { RequestLogEntry } from "./request-log.js";
export type {
  SandboxSeed,
  SeedAttachment,
  SeedCalendar,
  SeedEvent,
  SeedMessage,
  SeedUser,
} from "./seed.js";
export type { Clock } from "../core/clock.js";
