import * as v from "valibot";
import type { Envelope } from "./envelope.js";
import { isUserId } from "./names.js";
import type { AccessLevel } from "./types.js";

/** The shapes of what is stored. All are checked when read: files can be edited, cut off or swapped. */

/** Which key seals a vault's records, and where it is kept. */
export interface KeyRecord {
  key_id: string;
  key_source: "key_file" | "memory";
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
  created_at?: string | undefined;
  updated_at?: string | undefined;
  mac?: string | undefined;
}

/** The sealed part of `token.json`. Times in milliseconds since the epoch. */
export interface TokenRecord {
  accessToken: string;
  refreshToken?: string | undefined;
  /** When the service gave it. */
  issuedAt?: number | undefined;
  expiresAt: number;
  refreshExpiresAt?: number | undefined;
  scopes: string[];
  /** Whose it is, as the service's ID token said. */
  subject?: string | undefined;
  /** Set when the service has said that this grant is over. */
  ended?: "revoked" | "expired" | undefined;
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
  /** The client file that this sign-in came with: it replaces another one once somebody has signed in with it. */
  clientFile?: string | undefined;
}

const text = v.optional(v.string());
const access = v.picklist(["read", "write", "full"]);

const keyFields = {
  key_id: v.pipe(v.string(), v.regex(/^[0-9a-f]{16}$/)), // it becomes a part of a path
  key_source: v.picklist(["key_file", "memory"]),
};

const vault: v.GenericSchema<unknown, VaultRecord> = v.object({
  version: v.literal(1),
  vault_id: v.pipe(v.string(), v.regex(/^[0-9a-f-]{36}$/)),
  ...keyFields,
  previous: v.optional(v.object(keyFields)),
  created_at: v.string(),
});

const pointer: v.GenericSchema<unknown, PointerRecord> = v.object({
  user_id: v.pipe(v.string(), v.check(isUserId)),
  service: v.string(),
  credentials_path: text,
  token_path: text,
  application_name: text,
  user_timezone: text,
  read_only: v.optional(v.boolean()),
  access: v.optional(access),
  account: text,
  subject: text,
  created_at: text,
  updated_at: text,
  mac: text,
});

const envelope: v.GenericSchema<unknown, Envelope> = v.object({
  schema: v.literal(1),
  keyId: v.string(),
  clientId: v.string(),
  tokenOrigin: v.string(),
  wrappedKey: v.string(),
  content: v.string(),
});

const token: v.GenericSchema<unknown, TokenRecord> = v.object({
  accessToken: v.string(),
  refreshToken: text,
  issuedAt: v.optional(v.number()),
  expiresAt: v.number(),
  refreshExpiresAt: v.optional(v.number()),
  scopes: v.array(v.string()),
  subject: text,
  ended: v.optional(v.picklist(["revoked", "expired"])),
});

const consent: v.GenericSchema<unknown, ConsentRecord> = v.object({
  service: v.string(),
  userId: v.string(),
  access,
  redirectUri: v.string(),
  state: v.string(),
  codeVerifier: v.string(),
  scopes: v.array(v.string()),
  expiresAt: v.number(),
  clientFile: text,
});

const apiKey: v.GenericSchema<unknown, { apiKey: string }> = v.object({ apiKey: v.string() });

/** Each reads a text; undefined means that it is not such a record. */
export const parseRecord: {
  readonly vault: (json: string) => VaultRecord | undefined;
  readonly pointer: (json: string) => PointerRecord | undefined;
  readonly envelope: (json: string) => Envelope | undefined;
  readonly token: (json: string) => TokenRecord | undefined;
  readonly consent: (json: string) => ConsentRecord | undefined;
  readonly apiKey: (json: string) => { apiKey: string } | undefined;
} = {
  vault: (json) => parse(vault, json),
  pointer: (json) => parse(pointer, json),
  envelope: (json) => parse(envelope, json),
  token: (json) => parse(token, json),
  consent: (json) => parse(consent, json),
  apiKey: (json) => parse(apiKey, json),
};

function parse<T>(schema: v.GenericSchema<unknown, T>, json: string): T | undefined {
  try {
    const parsed = v.safeParse(schema, JSON.parse(json));
    return parsed.success ? parsed.output : undefined;
  } catch {
    return undefined; // not even JSON
  }
}
