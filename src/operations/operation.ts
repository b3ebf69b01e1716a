import type * as v from "valibot";
import type { CalendarClient } from "../calendar/client.js";
import type { WritePreview } from "../core/write-preview.js";
import type { AccessLevel } from "../credentials/types.js";
import type { EmailClient } from "../email/client.js";

/**
 * What an operation does to the world: `read` changes nothing; `write` changes the account and can be taken back; `send`
 * may reach other people; `delete` cannot be taken back.
 */
export type Effect = "read" | "write" | "send" | "delete";

/** The clients that operations run on, by the kind of service. */
export interface ClientOfKind {
  email: EmailClient;
  calendar: CalendarClient;
}

/** The tools of an assistant. Each does several operations that are much alike, so that they are few. */
export const toolNames = [
  "email_find",
  "email_read",
  "email_compose",
  "email_organize",
  "calendar_find",
  "calendar_read",
  "calendar_times",
  "calendar_organize",
  "calendar_respond",
] as const;

/** The tool of an assistant that an operation belongs to. */
export type ToolName = (typeof toolNames)[number];

/** Which kind of service an operation is for. */
export type OperationKind = keyof ClientOfKind;

/** What every face shows of an operation before it is used: light data, nothing of it needs a schema or a provider. */
export interface OperationEntry {
  /** Its words with dots between: `email.draft.create`. */
  readonly name: string;
  readonly kind: OperationKind;
  /** The tool through which an assistant does it. */
  readonly tool: ToolName;
  readonly effect: Effect;
  /** What its effect comes to where nobody else is concerned, such as for an event without guests. Default: the same. */
  readonly alone?: "write";
  /** The level whose scopes it needs, which each provider's definition names. */
  readonly access: AccessLevel;
  /** What a provider must declare to be able to do. */
  readonly capability: string;
  /** One line that says what it does, without a full stop. */
  readonly summary: string;
  /** The fields of its input that a command line takes without a flag, in order; one that is a list takes all the rest. */
  readonly positionals?: readonly string[];
  /** The field of its input that may be read from standard input instead, as text or for a list one item a line. */
  readonly fromStdin?: string;
  /** The field of its output that is a list, where it has one: what a stream gives item by item. */
  readonly items?: string;
  readonly load: () => Promise<Operation>;
}

/** What an operation runs with. */
export interface OperationCall<Kind extends OperationKind = OperationKind> {
  readonly client: ClientOfKind[Kind];
  /** Ends it at once, wherever it is. */
  readonly signal?: AbortSignal;
  /** Ends a write over many in order: what is under way is finished, the rest is left and named in its result. */
  readonly stop?: AbortSignal;
  readonly timeoutMs?: number;
}

/** How an operation works: its schemas, and what it does with a client. */
export interface Operation<Kind extends OperationKind = OperationKind, Input = unknown, Output = unknown> {
  readonly kind: Kind;
  /** Flat, every field with a `v.description`: it becomes flags of a command line and parameters of a tool. */
  readonly input: ObjectSchema<Input>;
  /** What `run` resolves to: plain JSON data. */
  readonly output: v.GenericSchema<unknown, Output>;
  run(call: OperationCall<Kind>, input: Input): Promise<Output>;
  /** What `run` would do, changing nothing. Every operation but those that only read has one. */
  preview?(call: OperationCall<Kind>, input: Input): Promise<WritePreview>;
  /** The items of a list as they come, to its end or to the input's `limit`. */
  stream?(call: OperationCall<Kind>, input: Input): AsyncIterable<unknown>;
}

/** An object schema without further fields, whose fields can be looked at. */
export type ObjectSchema<Input> = v.GenericSchema<unknown, Input> & {
  readonly type: "strict_object";
  readonly entries: Readonly<Record<string, v.GenericSchema>>;
};

/** An operation with the types of its input and output taken from its schemas. */
export function defineOperation<
  Kind extends OperationKind,
  const Entries extends Readonly<Record<string, v.GenericSchema>>,
  Output,
>(operation: {
  readonly kind: Kind;
  readonly input: v.StrictObjectSchema<Entries, undefined>;
  readonly output: v.GenericSchema<unknown, Output>;
  run(call: OperationCall<Kind>, input: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>): Promise<Output>;
  preview?(
    call: OperationCall<Kind>,
    input: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>,
  ): Promise<WritePreview>;
  stream?(
    call: OperationCall<Kind>,
    input: v.InferOutput<v.StrictObjectSchema<Entries, undefined>>,
  ): AsyncIterable<unknown>;
}): Operation<Kind> {
  return operation; // whoever runs it parses the input by its own schema first
}
