import type { KeySourceName } from "../config.js";
import type { Envelope } from "./envelope.js";
import { isUserId } from "./names.js";
import {
  isFlag,
  isLike,
  isListOf,
  isNumber,
  isOneOf,
  isOptional,
  isRecord,
  isText,
  parserOf,
  type Check,
  type Shape,
} from "./shape.js";
import type { AccessLevel } from "./types.js";

/** The shapes of what is stored. All are checked when read: files can be edited, cut off or swapped. */

/** Which key seals a vault's records, and where it is kept. */
export interface KeyRecord {
  key_id: string;
  key_source: KeySourceName | "memory";
  /** For a passphrase, how the key is derived from it. */
  kdf?: KdfRecord | undefined;
}

/** @see https://www.rfc-editor.org/rfc/rfc7914 */
export interface KdfRecord {
  name: "scrypt";
  /** Cost, block size and parallelization. */
  n: number;
  r: number;
  p: number;
  /** base64url. */
  salt: string;
}

/** `vault.json`. */
export interface VaultRecord extends KeyRecord {
  version: 1;
  vault_id: string;
  /** The key before, while its records are being sealed with the new one. */
  previous?: KeyRecord | undefined;
  created_at: string;
}

/** `<hash>_<service>.json`, in the shape of the original Python package. */
export interface PointerRecord {
  user_id: string;
  service: string;
  credentials_path?: string | undefined;
  token_path?: string | undefined;
  application_name?: string | undefined;
  user_timezone?: string | undefined;
  read_only?: boolean | undefined;
  access?: AccessLevel | undefined;
  /** Who signed in. */
  account?: string | undefined;
  subject?: string | undefined;
  /** The profile whose sign-in this one uses, where a person has let several services share one. */
  grant?: GrantRecord | undefined;
  /** The name that this profile is being given. */
  moved_to?: string | undefined;
  created_at?: string | undefined;
  updated_at?: string | undefined;
  mac?: string | undefined;
}

/** A profile by its names in files. */
export interface GrantRecord {
  service: string;
  user_id: string;
}

/** The sealed part of `token.json`. Times in milliseconds since the epoch. */
export interface TokenRecord {
  accessToken: string;
  refreshToken?: string | undefined;
  /** When the service gave it. */
  issuedAt?: number | undefined;
  /** When somebody signed in. */
  signedInAt?: number | undefined;
  expiresAt: number;
  refreshExpiresAt?: number | undefined;
  scopes: string[];
  /** Whose it is, as the service's ID token said. */
  subject?: string | undefined;
  /** A service account gets the next one: there is no refresh token. */
  delegated?: boolean | undefined;
  /** Set when the service has said that this grant is over. */
  ended?: "revoked" | "expired" | undefined;
}

/** The sealed part of `key.json`: an API key, or the key file of a service account. */
export interface ProfileKey {
  apiKey?: string | undefined;
  /** As it was downloaded. */
  serviceAccount?: string | undefined;
  /** In whose name the service account acts. */
  subject?: string | undefined;
}

/** The sealed part of a sign-in under way. */
export interface ConsentRecord {
  service: string;
  userId: string;
  access: AccessLevel;
  redirectUri: string;
  state: string;
  codeVerifier: string;
  scopes: string[];
  expiresAt: number;
  /** Other services whose profiles of this name are to use the same sign-in. */
  alsoFor?: { service: string; access: AccessLevel }[] | undefined;
  /** The client file that this sign-in came with: it replaces another one once somebody has signed in with it. */
  clientFile?: string | undefined;
  /** The address that must sign in. */
  account?: string | undefined;
}

/** What an exported file says in clear. */
export interface ExportRecord {
  format: "maigic-integrations-profiles";
  version: 1;
  kdf: KdfRecord;
  sealed: Envelope;
}

/** The sealed part of an exported file. */
export interface ExportedProfiles {
  profiles: ExportedProfile[];
  /** The OAuth client files of the profiles' services. */
  clients: { service: string; text: string }[];
}

/** A profile on its way to another vault. */
export interface ExportedProfile {
  pointer: PointerRecord;
  token?: { record: TokenRecord; clientId: string; tokenOrigin: string } | undefined;
  key?: ProfileKey | undefined;
}

const isAccess = isOneOf("read", "write", "full");
const isOptionalText = isOptional(isText);

const kdf: Shape<KdfRecord> = { name: isOneOf("scrypt"), n: isNumber, r: isNumber, p: isNumber, salt: isText };

const key: Shape<KeyRecord> = {
  key_id: isLike(/^[0-9a-f]{16}$/), // it becomes a part of a path
  key_source: isOneOf("environment", "command", "passphrase", "keychain", "key_file", "memory"),
  kdf: isOptional(isRecord(kdf)),
};

const vault: Shape<VaultRecord> = {
  version: isOneOf(1),
  vault_id: isLike(/^[0-9a-f-]{36}$/),
  ...key,
  previous: isOptional(isRecord(key)),
  created_at: isText,
};

const isName: Check<string> = (value): value is string => isText(value) && isUserId(value);

const pointer: Shape<PointerRecord> = {
  user_id: isName,
  service: isText,
  credentials_path: isOptionalText,
  token_path: isOptionalText,
  application_name: isOptionalText,
  user_timezone: isOptionalText,
  read_only: isOptional(isFlag),
  access: isOptional(isAccess),
  account: isOptionalText,
  subject: isOptionalText,
  grant: isOptional(isRecord<GrantRecord>({ service: isText, user_id: isName })),
  moved_to: isOptional(isName),
  created_at: isOptionalText,
  updated_at: isOptionalText,
  mac: isOptionalText,
};

const envelope: Shape<Envelope> = {
  schema: isOneOf(1),
  keyId: isText,
  clientId: isText,
  tokenOrigin: isText,
  wrappedKey: isText,
  content: isText,
};

const token: Shape<TokenRecord> = {
  accessToken: isText,
  refreshToken: isOptionalText,
  issuedAt: isOptional(isNumber),
  signedInAt: isOptional(isNumber),
  expiresAt: isNumber,
  refreshExpiresAt: isOptional(isNumber),
  scopes: isListOf(isText),
  subject: isOptionalText,
  delegated: isOptional(isFlag),
  ended: isOptional(isOneOf("revoked", "expired")),
};

const consent: Shape<ConsentRecord> = {
  service: isText,
  userId: isText,
  access: isAccess,
  redirectUri: isText,
  state: isText,
  codeVerifier: isText,
  scopes: isListOf(isText),
  expiresAt: isNumber,
  alsoFor: isOptional(
    isListOf(isRecord<{ service: string; access: AccessLevel }>({ service: isText, access: isAccess })),
  ),
  clientFile: isOptionalText,
  account: isOptionalText,
};

const profileKey: Shape<ProfileKey> = {
  apiKey: isOptionalText,
  serviceAccount: isOptionalText,
  subject: isOptionalText,
};

const exported: Shape<ExportRecord> = {
  format: isOneOf("maigic-integrations-profiles"),
  version: isOneOf(1),
  kdf: isRecord(kdf),
  sealed: isRecord(envelope),
};

const exportedProfile: Shape<ExportedProfile> = {
  pointer: isRecord(pointer),
  token: isOptional(isRecord({ record: isRecord(token), clientId: isText, tokenOrigin: isText })),
  key: isOptional(isRecord(profileKey)),
};

const exportedProfiles: Shape<ExportedProfiles> = {
  profiles: isListOf(isRecord(exportedProfile)),
  clients: isListOf(isRecord({ service: isText, text: isText })),
};

/** Each reads a text; undefined means that it is not such a record. */
export const parseRecord: {
  readonly vault: (json: string) => VaultRecord | undefined;
  readonly pointer: (json: string) => PointerRecord | undefined;
  readonly envelope: (json: string) => Envelope | undefined;
  readonly token: (json: string) => TokenRecord | undefined;
  readonly consent: (json: string) => ConsentRecord | undefined;
  readonly key: (json: string) => ProfileKey | undefined;
  readonly exported: (json: string) => ExportRecord | undefined;
  readonly exportedProfiles: (json: string) => ExportedProfiles | undefined;
} = {
  vault: parserOf(vault),
  pointer: parserOf(pointer),
  envelope: parserOf(envelope),
  token: parserOf(token),
  consent: parserOf(consent),
  key: parserOf(profileKey),
  exported: parserOf(exported),
  exportedProfiles: parserOf(exportedProfiles),
};
