import type { ToolDefinition } from "./toolset/tool-definition.js";

/** What a call runs with. */
export interface GuardCall {
  readonly signal?: AbortSignal;
  /** Whether the program that the assistant runs in can ask its person. */
  readonly canAsk?: boolean;
  /** What a person said to a question of an earlier call, in a face that can ask. */
  readonly answer?: PersonsAnswer;
}

/** What a person said. Only the program that the assistant runs in makes one, never the assistant's own text. */
export interface PersonsAnswer {
  /** The question's key. */
  readonly key: string;
  readonly agreed: boolean;
}

/** What a call gives: text for the assistant, or a question for the person, after whose answer it is called again. */
export type GuardResult =
  | { readonly kind: "result"; readonly text: string; readonly isError: boolean }
  | { readonly kind: "question"; readonly key: string; readonly text: string };

/** All that an assistant can reach: operations as the policy permits them, and nothing beside it. */
export interface Guard {
  /** What the policy and the granted scopes permit. */
  readonly tools: readonly ToolDefinition[];
  /** How to use them, in a few sentences for the assistant. */
  readonly instructions: string;
  /** Calls a tool. Never throws for what the assistant did: that is a result with `isError`. */
  call(name: string, args: unknown, call?: GuardCall): Promise<GuardResult>;
  close(): Promise<void>;
}
