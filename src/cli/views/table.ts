import { columnWidths, gap, type Cells, type ColumnWidths } from "./column-widths.js";
import { fieldLines } from "./fields.js";
import { cut, piecesOf, spaces, toned, widthOf, type Piece } from "./pieces.js";
import type { Block, Column } from "./view.js";

type Table = Extract<Block, { kind: "table" }>;

/** On a terminal narrower than this nothing stands side by side. */
const leastForColumns = 40;

/** A table as lines of at most a width; on a terminal that is too narrow for it, row by row as names and values. */
export function tableLines({ columns, rows }: Table, width: number | undefined): Piece[][] {
  const titles = columns.map(({ title }) => toned(piecesOf(title), "dim"));
  const hasTitles = titles.some((title) => title.length > 0);
  const cells = rows.map((row): Cells => row.map(piecesOf));
  const isHeading = (row: Cells): boolean => row.length === 1 && columns.length > 1;
  const measured = [...(hasTitles ? [titles] : []), ...cells.filter((row) => !isHeading(row))];
  const layout = width !== undefined && width < leastForColumns ? undefined : columnWidths(columns, measured, width);
  const lines = hasTitles && layout ? rowLines(columns, titles, layout).slice(0, 1) : [];
  for (const [index, row] of cells.entries()) {
    const [first = []] = row;
    if (isHeading(row)) lines.push(...(index > 0 ? [[]] : []), cut(toned(first, "strong"), width ?? Infinity));
    else if (layout) lines.push(...rowLines(columns, row, layout));
    else lines.push(...(index > 0 ? [[]] : []), ...recordLines(columns, row, width));
  }
  return lines;
}

function rowLines(columns: readonly Column[], row: Cells, { widths, beneath }: ColumnWidths): Piece[][] {
  const line: Piece[] = [];
  for (const [index, column] of columns.entries()) {
    const columnWidth = widths[index] ?? 0;
    if (columnWidth === 0) continue;
    const cell = cut(row[index] ?? [], columnWidth);
    const blanks = spaces(columnWidth - widthOf(cell));
    if (line.length > 0) line.push(spaces(gap));
    line.push(...(column.align === "right" ? [blanks, ...cell] : [...cell, blanks]));
  }
  const below = row.filter((cell, index) => beneath[index] === true && cell.length > 0);
  return [line, ...below.map((cell) => [spaces(2 * gap), ...cell])];
}

function recordLines(columns: readonly Column[], row: Cells, width: number | undefined): Piece[][] {
  const fields = columns.map(({ title }, index): [Piece[], readonly Piece[]] => [piecesOf(title), row[index] ?? []]);
  return fieldLines(
    fields.filter(([, value]) => value.length > 0),
    width,
  );
}
