import type { CliOptions } from "./cli/main.js";
import type { SetupOptions, SetupResult } from "./setup/setup-options.js";

export { timeRange } from "./calendar/time-range.js";
export { IntegrationConfig } from "./config.js";
export {
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  integrationError,
  IntegrationError,
  isIntegrationError,
  RequestError,
} from "./core/errors.js";
export { Secret } from "./core/secret.js";
export {
  createCalendarClient,
  createCredentialManager,
  createEmailClient,
  getAvailableIntegrations,
  getRegistry,
} from "./integrations.js";
export { IntegrationRegistry } from "./registry.js";

export type { ClientOptions, CredentialOptions } from "./client-options.js";
export type { CalendarClient } from "./calendar/client.js";
export type { ConfigOverrides, ConfigSources, CredentialStorage, Environment, ProxySettings } from "./config.js";
export type { Clock } from "./core/clock.js";
export type { CallOptions } from "./core/deadline.js";
export type { ErrorCode } from "./core/error-table.js";
export type { ErrorFacts, ErrorReport } from "./core/errors.js";
export type {
  AccessLevel,
  AccessTokenOptions,
  ApiKeySetup,
  BeginConsentOptions,
  ConsentRequest,
  CredentialManager,
  CredentialRecord,
  CredentialSetup,
  CredentialState,
  DeleteOptions,
  DiagnosedState,
  ExportOptions,
  ImportOptions,
  OAuthSetup,
  ProfileDiagnosis,
  ProfileExport,
  ProfileSummary,
  RotationOptions,
  RotationResult,
  ServiceAccountOptions,
  VaultDiagnosis,
  VaultFinding,
  VaultStatus,
} from "./credentials/types.js";
export type { CredentialStore } from "./credentials/store.js";
export type { Logger } from "./core/logger.js";
export type { EmailClient } from "./email/client.js";
export type {
  AccessCheck,
  AccessChecks,
  Capabilities,
  IntegrationProvider,
  ProviderContext,
  SetupDefinition,
  SetupStep,
} from "./provider.js";
export type { IntegrationInfo, IntegrationStatus, RegistryParts } from "./registry.js";
export type { OAuthEndpoints } from "./oauth/types.js";
export type {
  AskOptions,
  Choice,
  ChooseOptions,
  ChooseSeveralOptions,
  ConfirmOptions,
  Prompter,
  QuestionOptions,
} from "./setup/prompter.js";
export type { ConnectedService, SettingsChange } from "./setup/setup-options.js";
export type { CheckResult } from "./setup/test-access.js";
export type { SignInWay } from "./setup/sign-in.js";
export type { CliOptions, SetupOptions, SetupResult };

/** Runs the setup wizard, for programs with providers of their own. Loaded when called. */
export async function runSetup(options: SetupOptions): Promise<SetupResult> {
  return (await import("./setup/wizard.js")).runSetup(options);
}

/**
 * Runs the command line, for programs with providers of their own. Loaded when called.
 *
 * @param argv - the arguments after the program's name
 * @returns the exit code
 */
export async function runCli(argv: readonly string[], options?: CliOptions): Promise<number> {
  return (await import("./cli/main.js")).runCli(argv, options);
}
