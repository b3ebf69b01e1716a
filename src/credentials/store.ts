/** What is stored. `app` is a service's OAuth client file, shared by its profiles; `consent` a sign-in under way. */
export type RecordKind = "vault" | "pointer" | "app" | "token" | "key" | "consent";

/** Which record. */
export interface RecordKey {
  readonly kind: RecordKind;
  /** Empty for `vault` and `consent`. */
  readonly service: string;
  /** The profile; empty for `vault` and `app`. For `consent` the hash of its state. */
  readonly userId: string;
}

/** A pointer as found: its text, and where, for messages. */
export interface FoundPointer {
  readonly service: string;
  readonly location: string;
  readonly text: string;
}

/**
 * Where records are kept. It knows no secrets: what is secret in a record is sealed before it gets here.
 * Every write is atomic: a record is its old self or its new one, never a part of either.
 */
export interface CredentialStore {
  /** The record's text, or undefined when there is none. @throws ConfigurationError `config.invalid_file` */
  read(key: RecordKey): Promise<string | undefined>;
  /** @throws ConfigurationError `config.invalid_file` when it cannot be written; nothing is changed then */
  write(key: RecordKey, text: string): Promise<void>;
  /** Writes only if there is no such record. @returns whether it did */
  create(key: RecordKey, text: string): Promise<boolean>;
  /** @returns whether there was such a record; of several who remove it at once, one is told so */
  remove(key: RecordKey): Promise<boolean>;
  /** Every pointer there is, of one service or of all. */
  pointers(service?: string): Promise<FoundPointer[]>;
  /** Whether anything sealed is stored. */
  hasSealedRecords(): Promise<boolean>;
  /** Where a record is, for people: an absolute path, or a description. */
  locate(key: RecordKey): Promise<string>;
}
