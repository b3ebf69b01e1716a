/** Suites that show whether an implementation of one of this package's ports does all that the port promises. */
export { calendarConformance } from "./calendar/suite.js";
export { credentialStoreConformance } from "./credential-store.js";
export { emailConformance } from "./email/suite.js";

export type { CalendarConformanceOptions } from "./calendar/suite.js";
export type { CalendarFailure, CalendarWorld, PersonsEvent, SeenEvent } from "./calendar/world.js";
export type { ConformanceTest } from "./conformance.js";
export type { StoreUnderTest } from "./credential-store.js";
export type { EmailConformanceOptions } from "./email/suite.js";
export type { EmailFailure, EmailWorld } from "./email/world.js";
export type { ProviderConformanceOptions, TestRunner } from "./provider-suite.js";
export type {
  CredentialStore,
  FoundPointer,
  FoundSealed,
  Generation,
  PointerQuery,
  RecordKey,
  RecordKind,
  StoredRecord,
  Turn,
  WriteCondition,
} from "../credentials/store.js";
