import { showPlain } from "./plain.js";
import type { ShowOutput, View, ViewContext } from "./view.js";

/**
 * A view of the outputs of an operation of this package. Another program's operation of the same name may give something
 * else: what does not have the fields is shown plainly.
 *
 * @param fields - by which the output is known
 */
export function typedView<Output extends object>(
  fields: readonly (keyof Output & string)[],
  show: (output: Output, context: ViewContext) => View,
): ShowOutput {
  const isOutput = (output: unknown): output is Output =>
    typeof output === "object" && output !== null && fields.every((field) => field in output);
  return (output, context) => (isOutput(output) ? show(output, context) : showPlain(output, context));
}
