import type { InputField } from "../../operations/input-fields.js";

/** What stands for standard input on a command line. */
const dash = "-";

/**
 * The input with a dash replaced by what comes in on standard input: text without its last line break, or for a list one
 * item a line, empty lines left out.
 */
export async function withStandardInput(
  input: Record<string, unknown>,
  field: InputField | undefined,
): Promise<Record<string, unknown>> {
  if (!field) return input;
  const given = input[field.name];
  const dashes = field.list ? Array.isArray(given) && given.length === 1 && given[0] === dash : given === dash;
  if (!dashes) return input;
  const text = await standardInput();
  return { ...input, [field.name]: field.list ? linesOf(text) : text.replace(/\r?\n$/, "") };
}

async function standardInput(): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of process.stdin) chunks.push(Buffer.from(chunk as Uint8Array));
  return Buffer.concat(chunks).toString("utf8");
}

function linesOf(text: string): string[] {
  return text
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => line !== "");
}
