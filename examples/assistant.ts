/**
 * A language model that works in mail and calendar, with a plain LLM SDK: here OpenAI's, which many servers understand.
 * What the model may do beyond reading stands in the person's policy: npx maigic-integrations policy
 */
import { createTools, type AssistantTools, type ToolOptions } from "maigic-integrations/tools";
import type OpenAI from "openai";

type Messages = OpenAI.Chat.ChatCompletionMessageParam[];

const mostTurns = 20;

/** @returns what the model says in the end */
export async function assistant(task: string, llm: OpenAI, model: string, options: ToolOptions = {}): Promise<string> {
  await using tools = await createTools(options);
  const messages: Messages = [
    { role: "system", content: `You act in a person's mail and calendar.\n${tools.instructions}` },
    { role: "user", content: task },
  ];
  for (let turn = 0; turn < mostTurns; turn++) {
    const { choices } = await llm.chat.completions.create({ model, messages, tools: definitionsOf(tools) });
    const message = choices[0]?.message;
    if (!message) break;
    messages.push(message);
    if (!message.tool_calls?.length) return message.content ?? "";
    for (const call of message.tool_calls) {
      if (call.type !== "function") continue;
      const { text } = await tools.call(call.function.name, call.function.arguments);
      messages.push({ role: "tool", tool_call_id: call.id, content: text });
    }
  }
  return "I did not get to an end.";
}

function definitionsOf(tools: AssistantTools): OpenAI.Chat.ChatCompletionTool[] {
  return tools.definitions.map(({ name, description, inputSchema }) => ({
    type: "function",
    function: { name, description, parameters: { ...inputSchema } },
  }));
}
