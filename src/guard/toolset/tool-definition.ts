/** A tool as MCP and LLM SDKs take it. */
export interface ToolDefinition {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments, an object's. */
  readonly inputSchema: ToolSchema;
  /** Whether it changes nothing. */
  readonly readOnly: boolean;
  /** Whether what it does may not be possible to take back. */
  readonly destructive: boolean;
}

/** The part of JSON Schema that tools use. @see https://json-schema.org/draft/2020-12 */
export interface ToolSchema {
  readonly type: "object";
  readonly properties: Readonly<Record<string, ToolProperty>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

/** One argument of a tool. */
export interface ToolProperty {
  readonly type: "string" | "integer" | "boolean" | "array";
  readonly description?: string;
  readonly enum?: readonly string[];
  readonly items?: { readonly type: "string"; readonly enum?: readonly string[] };
}
