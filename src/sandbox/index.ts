export { lifelikeWorld, type LifelikeOptions } from "./lifelike-world.js";
export { createGoogleSandbox, type ConsentAnswer, type GoogleSandbox, type SandboxOptions } from "./sandbox.js";
export { checkSeed, parseSeed } from "./seed.js";
export type { MovableClock } from "./clock.js";
export type { FaultName } from "./fault-catalogue.js";
export type { FaultResponse, FaultRule } from "./faults.js";
export type { IssuedTokens } from "./oauth/grants.js";
export type { QuotaSettings } from "./quota.js";
export type { UnitTable } from "./quota-units.js";
export type { RequestFilter, RequestLogEntry } from "./request-log.js";
export type {
  SandboxSeed,
  SeedAttachment,
  SeedCalendar,
  SeedClient,
  SeedEvent,
  SeedMessage,
  SeedUser,
} from "./seed.js";
export type { Clock } from "../core/clock.js";
