import * as z from "zod/mini";
import type { Envelope } from "./envelope.js";
import { isUserId } from "./names.js";
import type { AccessLevel } from "./types.js";

/** The shapes of what is stored. All are checked when read: files can be edited, cut off or swapped. */

/** `vault.json`. */
export interface VaultRecord {
  version: 1;
  vault_id: string;
  key_id: string;
  key_source: "key_file" | "memory";
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
  expiresAt: number;
  refreshExpiresAt?: number | undefined;
  scopes: string[];
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
}

const text = z.optional(z.string());
const access = z.enum(["read", "write", "full"]);

const vault: z.ZodMiniType<VaultRecord> = z.object({
  version: z.literal(1),
  vault_id: z.string().check(z.regex(/^[0-9a-f-]{36}$/)),
  key_id: z.string(),
  key_source: z.enum(["key_file", "memory"]),
  created_at: z.string(),
});

const pointer: z.ZodMiniType<PointerRecord> = z.object({
  user_id: z.string().check(z.refine(isUserId)),
  service: z.string(),
  credentials_path: text,
  token_path: text,
  application_name: text,
  user_timezone: text,
  read_only: z.optional(z.boolean()),
  access: z.optional(access),
  account: text,
  subject: text,
  created_at: text,
  updated_at: text,
  mac: text,
});

const envelope: z.ZodMiniType<Envelope> = z.object({
  schema: z.literal(1),
  keyId: z.string(),
  clientId: z.string(),
  tokenOrigin: z.string(),
  wrappedKey: z.string(),
  content: z.string(),
});

const token: z.ZodMiniType<TokenRecord> = z.object({
  accessToken: z.string(),
  refreshToken: text,
  expiresAt: z.number(),
  refreshExpiresAt: z.optional(z.number()),
  scopes: z.array(z.string()),
  ended: z.optional(z.enum(["revoked", "expired"])),
});

const consent: z.ZodMiniType<ConsentRecord> = z.object({
  service: z.string(),
  userId: z.string(),
  access,
  redirectUri: z.string(),
  state: z.string(),
  codeVerifier: z.string(),
  scopes: z.array(z.string()),
  expiresAt: z.number(),
});

const apiKey: z.ZodMiniType<{ apiKey: string }> = z.object({ apiKey: z.string() });

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

function parse<T>(schema: z.ZodMiniType<T>, json: string): T | undefined {
  try {
    return schema.safeParse(JSON.parse(json)).data;
  } catch {
    return undefined; // not even JSON
  }
}
