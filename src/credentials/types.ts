import type { KeySourceName } from "../config.js";
import type { Secret } from "../core/secret.js";
import type { SendJournal } from "../email/sending/journal.js";
import type { OAuthEndpoints } from "../oauth/types.js";

/** How much of an account a profile may use: reading, changing, or everything including permanent deletion. */
export type AccessLevel = "read" | "write" | "full";

/** What the vault must know of a service that signs in with OAuth. Data from the provider's definition. */
export interface OAuthSetup {
  readonly kind: "oauth";
  readonly endpoints: OAuthEndpoints;
  /** Scopes asked for at each access level; the least that it needs. */
  readonly scopes: Readonly<Record<AccessLevel, readonly string[]>>;
}

/** What the vault must know of a service that uses an API key. */
export interface ApiKeySetup {
  readonly kind: "api_key";
}

/** How credentials for a service are obtained. */
export type CredentialSetup = OAuthSetup | ApiKeySetup;

/**
 * What is stored about a service and profile. Accepts the names of the original Python package as well.
 * An API key is read back as a `Secret`.
 */
export interface CredentialRecord {
  /** Path of the OAuth client file. */
  credentialsPath?: string | undefined;
  /** Path of the sealed token. Only told: the vault has its place for it. */
  tokenPath?: string | undefined;
  applicationName?: string | undefined;
  /** IANA name of the person's time zone. */
  userTimezone?: string | undefined;
  readOnly?: boolean | undefined;
  /** Address of the account that signed in. Only told: signing in decides it. */
  account?: string | undefined;
  /** How much of it the profile may use. Only told: signing in decides it. */
  access?: AccessLevel | undefined;
  apiKey?: string | Secret | undefined;
  credentials_path?: string | undefined;
  token_path?: string | undefined;
  application_name?: string | undefined;
  user_timezone?: string | undefined;
  read_only?: boolean | undefined;
  api_key?: string | Secret | undefined;
}

/** The true state of a stored credential. */
export type CredentialState =
  | "ready"
  | "needs_setup"
  | "needs_consent"
  | "expired"
  | "revoked"
  | "missing_scopes"
  | "wrong_account"
  | "key_unavailable"
  | "unreadable";

/** A profile of a service, without its secrets. */
export interface ProfileSummary {
  readonly service: string;
  readonly userId: string;
  readonly state: CredentialState;
  /** One sentence: why the state is what it is, when it is not `ready`. */
  readonly reason?: string;
  /** The account's address, once somebody has signed in. */
  readonly account?: string;
  /** What it was linked for. */
  readonly access?: AccessLevel;
  /** The highest level that its sign-in allows, whatever it was linked for; missing when none, or when that is not known. */
  readonly granted?: AccessLevel;
  /** The profile whose sign-in it uses, where several services share one. */
  readonly sharesWith?: { readonly service: string; readonly userId: string };
  readonly userTimezone?: string;
}

/** What a diagnosis tells apart beyond the states of a list. */
export type DiagnosedState = CredentialState | "expiring" | "edited_pointer" | "renaming";

/** A profile as a diagnosis finds it. */
export interface ProfileDiagnosis extends Omit<ProfileSummary, "state"> {
  readonly state: DiagnosedState;
  /** ISO 8601: when its sign-in is expected to end, if that can be told. */
  readonly endsAt?: string;
  /** The name that it was being given when that was interrupted. */
  readonly renamingTo?: string;
}

/** Something about a vault that is not as it should be. */
export interface VaultFinding {
  readonly kind:
    | "loose_permissions"
    | "exposed_to_git"
    | "interrupted_rotation"
    | "orphan"
    | "superseded_pointer"
    | "token_in_clear"
    | "client_file"
    | "clock_skew";
  /** One sentence. */
  readonly message: string;
  /** What to do about it: a command, or a sentence. */
  readonly next: string;
  readonly files?: readonly string[];
}

/** What a diagnosis finds. */
export interface VaultDiagnosis {
  readonly profiles: readonly ProfileDiagnosis[];
  readonly findings: readonly VaultFinding[];
}

/** Where the person is sent to sign in, and until when the answer is accepted. */
export interface ConsentRequest {
  readonly url: string;
  /** ISO 8601. */
  readonly expiresAt: string;
}

/** What a rotation came to. */
export interface RotationResult {
  /** Where the new key is kept. */
  readonly keySource: KeySourceName | "memory";
  readonly keyId: string;
  /** How many records were sealed anew. */
  readonly resealed: number;
  /** Sealed records of no profile, or damaged before: they stay as they are, and no key opens them. */
  readonly unreadable: readonly string[];
}

/** How a rotation is done. */
export interface RotationOptions {
  /** Where the new key is to be kept; default: where the old one is. */
  readonly to?: KeySourceName | undefined;
  /** Called after each record. */
  readonly onProgress?: ((done: number, total: number) => void) | undefined;
}

/** Which profiles are exported; without either of both, all. */
export interface ExportOptions {
  readonly service?: string | undefined;
  readonly userId?: string | undefined;
}

/** Profiles on their way to another vault. */
export interface ProfileExport {
  /** One JSON text that says nothing without the passphrase. */
  readonly document: string;
  /** Made for this text alone. It is to reach the other machine by another way than the text. */
  readonly passphrase: Secret;
  readonly profiles: readonly ProfileSummary[];
}

/** How profiles are imported. */
export interface ImportOptions {
  /** As the export gave it; case, spaces and hyphens do not matter. */
  readonly passphrase: string | Secret;
  /** Take the place of profiles that are there already. */
  readonly replace?: boolean | undefined;
}

/** A vault, without its secrets. */
export interface VaultStatus {
  /** Where its record is: an absolute path, or a description. */
  readonly location: string;
  readonly keySource: KeySourceName | "memory";
  readonly keyId: string;
  /** Whether a rotation of its key was interrupted; rotating again goes on with it. */
  readonly rotating: boolean;
  /** ISO 8601. */
  readonly createdAt: string;
}

/** Keeps credentials: separate per profile, sealed, refreshed by themselves. */
export interface CredentialManager {
  /** Links a profile to its client file and settings, or stores its API key. Never asks anybody to sign in. */
  storeCredentials(service: string, credentials: CredentialRecord, userId?: string): Promise<void>;
  /** What is stored, in camelCase with absolute paths, or undefined when there is no such profile. */
  getCredentials(service: string, userId?: string): Promise<CredentialRecord | undefined>;
  hasCredentials(service: string, userId?: string): Promise<boolean>;
  /**
   * Forgets a profile; the OAuth client file, which others share, stays, and a sign-in that other services share goes on
   * with them.
   *
   * @returns whose sign-in ended with it, or with `dryRun` would
   */
  deleteCredentials(
    service: string,
    userId?: string,
    options?: DeleteOptions,
  ): Promise<{ alsoAffected: ProfileSummary[] }>;
  /**
   * Gives a profile another name; its sign-in or key and its settings come along. One that was interrupted is gone on with.
   *
   * @throws ConfigurationError `config.profile_not_found`, `config.invalid_profile`; RequestError `request.conflict` when
   * there is a profile of the new name
   */
  renameProfile(service: string, userId: string, newName: string): Promise<ProfileSummary>;
  listProfiles(service?: string): Promise<ProfileSummary[]>;
  /**
   * A token that is good now; refreshed first when it is about to expire.
   *
   * @throws ConfigurationError `config.profile_not_found`; AuthenticationError `auth.not_connected`, `auth.revoked`,
   * `auth.expired`, `auth.scope_missing`, `auth.key_unavailable`, `auth.unreadable`; ConnectionError when the
   * authorization server cannot be reached, which changes nothing
   */
  getAccessToken(service: string, userId?: string, options?: AccessTokenOptions): Promise<Secret>;
  /** Where a profile's clients note what they send, so that nothing is sent twice; sealed, and kept for 30 days. */
  sendJournal(service: string, userId?: string): Promise<SendJournal>;
  /** Prepares a sign-in; state and PKCE verifier are stored sealed, so that another process may complete it. */
  beginConsent(service: string, options: BeginConsentOptions): Promise<ConsentRequest>;
  /**
   * Whether there is an OAuth client to sign in with: the service's own, or that of another service of the same
   * authorization server.
   *
   * @throws ConfigurationError `config.invalid_file`, `config.untrusted_endpoint` for one that cannot be used; as
   * `beginConsent` where a sandbox would replace what is real
   */
  hasClientFile(service: string, userId?: string): Promise<boolean>;
  /** Takes the address that the service sent the person back to, checks it, and stores the sealed token. */
  completeConsent(callbackUrl: string, options: { userId: string }): Promise<ProfileSummary>;
  /**
   * Links a profile to a service account, to which the organization's administrator has delegated what it may do in
   * people's names. It is tried out first; nobody signs in.
   *
   * @throws ConfigurationError `config.invalid_file`, `config.untrusted_endpoint`; AuthenticationError
   * `auth.invalid_credentials`, `auth.wrong_account`; ConnectionError
   */
  linkServiceAccount(service: string, options: ServiceAccountOptions): Promise<ProfileSummary>;
  /**
   * Looks at everything that is stored, and unless `offline` at the clock of the authorization server, for what is wrong
   * or will be. Changes nothing.
   */
  diagnose(options?: { offline?: boolean }): Promise<VaultDiagnosis>;
  /** What is known of the vault, or undefined when none was made yet. @throws AuthenticationError `auth.key_unavailable` */
  vaultStatus(): Promise<VaultStatus | undefined>;
  /**
   * Gives the vault a new key: seals every record with it and forgets the old one, while other processes go on. One
   * that was interrupted is gone on with.
   *
   * @throws AuthenticationError `auth.key_unavailable` when a key is missing, nothing is changed then; ConnectionError
   * `connection.timeout` when another process rotates
   */
  rotateKey(options?: RotationOptions): Promise<RotationResult>;
  /**
   * Seals profiles, their sign-ins and their services' client files into one text for another machine. They stay here
   * as well; `deleteCredentials` without `revoke` forgets them.
   *
   * @throws ConfigurationError `config.profile_not_found`; AuthenticationError `auth.unreadable`, `auth.key_unavailable`
   */
  exportProfiles(options?: ExportOptions): Promise<ProfileExport>;
  /**
   * Takes exported profiles into the vault; everything is checked before anything is written.
   *
   * @throws ConfigurationError `config.invalid_file`, `config.unknown_service`, `config.untrusted_endpoint`;
   * AuthenticationError `auth.key_unavailable` for another passphrase; RequestError `request.conflict`
   */
  importProfiles(document: string, options: ImportOptions): Promise<ProfileSummary[]>;
}

/** Options of `getAccessToken`. */
export interface AccessTokenOptions {
  /** Scopes that the token must have. */
  readonly scopes?: readonly string[];
  /** Renew it although it has not expired: the service refused it. */
  readonly forceRefresh?: boolean;
  /** The token that the service refused: if another one is there by now, that is given instead of renewing again. */
  readonly rejected?: Secret;
  /** The origin whose authorization server must have issued it: the token is for that service and no other. */
  readonly issuedBy?: string;
  readonly signal?: AbortSignal;
}

/** How a profile is forgotten. */
export interface DeleteOptions {
  /**
   * End the grant at the service as well. A service ends all that an OAuth client was allowed in an account at once, so
   * other profiles of that account need a new sign-in afterwards.
   */
  readonly revoke?: boolean | undefined;
  /** Change nothing, only tell whose sign-in would end as well. */
  readonly dryRun?: boolean | undefined;
}

/** How a profile is linked to a service account. */
export interface ServiceAccountOptions {
  readonly userId: string;
  /** Path of the key file as downloaded from the service's console; its key is kept sealed. */
  readonly keyFile: string;
  /** Address of the person in whose name it acts; default: the service account itself. */
  readonly subject?: string | undefined;
  /** Default: the level that the profile is linked with, else `write`. */
  readonly access?: AccessLevel | undefined;
}

/** What a sign-in is prepared with. */
export interface BeginConsentOptions {
  readonly userId: string;
  /** Default: the level that the profile is linked with, else `write`. */
  readonly access?: AccessLevel;
  readonly redirectUri: string;
  /** Other services of the same authorization server whose profiles of this name are to use the same sign-in. */
  readonly alsoFor?: readonly string[];
  /** Path of a client file to take into the vault first. */
  readonly clientFile?: string;
  /** The same as its text, where there is no file. */
  readonly clientFileText?: string;
  /** The address to suggest on the service's page. */
  readonly loginHint?: string;
  /** The address that must sign in: it is suggested, and another account is refused with `auth.wrong_account`. */
  readonly account?: string;
}
