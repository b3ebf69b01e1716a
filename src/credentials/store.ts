/**
 * What is stored. `app` is a service's OAuth client file, shared by its profiles; `consent` a sign-in under way; `send` a
 * mail that is being sent or was sent lately.
 */
export type RecordKind = "vault" | "pointer" | "app" | "token" | "key" | "consent" | "send";

/** Which record. */
export interface RecordKey {
  readonly kind: RecordKind;
  /** Empty for `vault`, `consent` and `send`. */
  readonly service: string;
  /** The profile; empty for `vault` and `app`. For `consent` and `send` a hash that names it. */
  readonly userId: string;
}

/** Tells one state of a record from all others that it has had or will have. Compared, never read. */
export type Generation = string;

/** A record as it was found. */
export interface StoredRecord {
  readonly text: string;
  readonly generation: Generation;
}

/** What must be there for a write to happen. */
export interface WriteCondition {
  /** The state of the record that is replaced; undefined when there must be no such record. */
  readonly replaces: Generation | undefined;
  /** For what is sealed: the state of the vault record that tells the key it was sealed with. */
  readonly vault?: Generation;
}

/** A pointer as found, and where, for messages. */
export interface FoundPointer {
  readonly service: string;
  readonly location: string;
  readonly stored: StoredRecord;
  /** What is sealed for its profile, if that was asked for and is there. */
  readonly sealed?: StoredRecord;
}

/** Which pointers to find. */
export interface PointerQuery {
  /** Of this service only. */
  readonly service?: string | undefined;
  /** What to read along with a service's pointers. */
  readonly sealed?: (service: string) => "token" | "key";
}

/** A sealed record as found. */
export interface FoundSealed {
  /** Undefined when it belongs to no profile that there is. */
  readonly key: RecordKey | undefined;
  readonly location: string;
}

/** How long to wait for a turn. */
export interface Turn {
  readonly timeoutMs: number;
  /** Ends the waiting, never work that has begun. */
  readonly signal?: AbortSignal;
}

/**
 * Where records are kept. It knows no secrets: what is secret in a record is sealed before it gets here.
 * Every write is atomic and durable: a record is its old self or its new one, never a part of either, and a write that
 * was reported as done outlives the process and the machine's next crash.
 */
export interface CredentialStore {
  /** Whether people look at records and put client files there themselves, so that those stay readable. */
  readonly openToPeople: boolean;
  /** The record, or undefined when there is none. @throws ConfigurationError `config.invalid_file` */
  read(key: RecordKey): Promise<StoredRecord | undefined>;
  /**
   * Writes if everything still is as the condition says; of several who replace the same state, in whatever process,
   * one does.
   *
   * @returns the new state, or undefined when the condition was not met; nothing is changed then
   * @throws ConfigurationError `config.invalid_file` when it cannot be written; nothing is changed then either
   */
  write(key: RecordKey, text: string, condition: WriteCondition): Promise<Generation | undefined>;
  /** Removes a record that still is in that state. @returns whether it did; of several, one is told so */
  remove(key: RecordKey, generation: Generation): Promise<boolean>;
  /** Every pointer there is. An unreadable one has an empty text, and so has what is sealed. */
  pointers(query?: PointerQuery): Promise<FoundPointer[]>;
  /** Every sealed record there is, of one kind or of all. */
  sealed(kind?: RecordKind): Promise<FoundSealed[]>;
  /**
   * Does work that only one may do at a time, in whatever process. Whoever dies gives its turn up; whoever is suspended
   * keeps it.
   *
   * @param name - what the work is on
   * @throws ConnectionError `connection.timeout` when the turn does not come; the signal's reason when it aborts
   */
  exclusively<T>(name: string, turn: Turn, work: () => Promise<T>): Promise<T>;
  /** Where a record is, for people: an absolute path, or a description. */
  locate(key: RecordKey): Promise<string>;
  /** Ends what the store holds open. It may be used again. */
  close(): Promise<void>;
}
