import { spaces, toned, widthOf, type Piece } from "./pieces.js";
import { gap } from "./column-widths.js";
import { wrap } from "./wrap.js";

/** Values beside their names need so many columns; with less they stand beneath. */
const leastForValues = 20;

/** Names with their values, aligned; values that are longer than a line go on under their beginning. */
export function fieldLines(
  fields: readonly (readonly [name: readonly Piece[], value: readonly Piece[]])[],
  width: number | undefined,
): Piece[][] {
  const names = fields.reduce((most, [name]) => Math.max(most, widthOf(name)), 0);
  const indent = names === 0 ? 0 : names + gap;
  const isNarrow = width !== undefined && width - indent < leastForValues;
  return fields.flatMap(([name, value]) => {
    const shown = toned(name, "dim");
    if (isNarrow) {
      const beneath = wrap(value, width - gap).map((line) => [spaces(gap), ...line]);
      return name.length === 0 ? beneath : [shown, ...beneath];
    }
    const [first = [], ...rest] = wrap(value, width === undefined ? undefined : width - indent);
    return [[...shown, spaces(indent - widthOf(name)), ...first], ...rest.map((line) => [spaces(indent), ...line])];
  });
}
