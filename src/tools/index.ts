import { given } from "../core/given.js";
import type { GuardResult } from "../guard/guard.js";
import { openGuard } from "../guard/open-guard.js";
import type { ToolSchema } from "../guard/toolset/tool-definition.js";
import { getRegistry } from "../integrations.js";
import type { ToolOptions } from "./tool-options.js";

export type { ToolProperty, ToolSchema } from "../guard/toolset/tool-definition.js";
export type { ConfirmationRequest, ToolOptions } from "./tool-options.js";

/** A tool in the words of every LLM SDK. */
export interface AssistantTool {
  readonly name: string;
  readonly description: string;
  /** JSON Schema of its arguments: `parameters` for OpenAI's SDK, `input_schema` for Anthropic's. */
  readonly inputSchema: ToolSchema;
}

/** What a call of a tool gives, for the model to read. */
export interface ToolOutput {
  /** JSON. */
  readonly text: string;
  readonly isError: boolean;
}

/** Mail and calendars for a language model: definitions to hand to it, and what runs its calls. */
export interface AssistantTools extends AsyncDisposable {
  readonly definitions: readonly AssistantTool[];
  /** How to use them, for the system prompt. */
  readonly instructions: string;
  /**
   * Runs a call as the model made it. What the model did wrong and what a service refuses is an output with `isError`,
   * for the model to read.
   *
   * @param args - the arguments, parsed, or the JSON that the model wrote
   * @throws the signal's reason when it aborts
   */
  call(name: string, args: unknown, options?: { readonly signal?: AbortSignal }): Promise<ToolOutput>;
  close(): Promise<void>;
}

/**
 * Opens the tools of an assistant. What they may do beyond reading stands in the person's `policy.yaml`, which is read
 * now; options can only take away.
 *
 * @throws ConfigurationError `config.unsafe`, `config.invalid_file` for a policy that cannot be relied on,
 * `config.profile_not_found` when nothing is connected
 */
export async function createTools(options: ToolOptions = {}): Promise<AssistantTools> {
  const { config, confirm, registry = getRegistry(config) } = options;
  const { profiles, readOnly, credentials, endpoints, logger, clock } = options;
  const narrowing = { profiles, readOnly };
  const guard = await openGuard({ registry, ...given({ ...narrowing, credentials, endpoints, logger, clock }) });
  const close = (): Promise<void> => guard.close();
  return {
    definitions: guard.tools.map(({ name, description, inputSchema }) => ({ name, description, inputSchema })),
    instructions: guard.instructions,
    close,
    [Symbol.asyncDispose]: close,
    async call(name, args, { signal } = {}) {
      const read = parsed(args);
      const call = { canAsk: confirm !== undefined, ...given({ signal }) };
      let result: GuardResult = await guard.call(name, read, call);
      while (result.kind === "question") {
        const { key, text } = result;
        // A program without types may give anything: what is not true is no.
        const said: unknown = await confirm?.({ text, ...given({ signal }) });
        result = await guard.call(name, read, { ...call, answer: { key, agreed: said === true } });
      }
      const { text, isError } = result;
      return { text, isError };
    },
  };
}

/** Arguments of which a model wrote the JSON. What is none is refused where all arguments are checked. */
function parsed(args: unknown): unknown {
  if (typeof args !== "string") return args;
  try {
    return args.trim() === "" ? {} : (JSON.parse(args) as unknown);
  } catch {
    return args;
  }
}
