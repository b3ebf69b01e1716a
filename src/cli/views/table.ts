import { columnWidths, gap, type Cells, type ColumnWidths } from "./column-widths.js";
import { fieldLines } from "./fields.js";
import { cut, piecesOf, spaces, toned, widthOf, type Piece } from "./pieces.js";
import type { Block, Column } from "./view.js";
import { wrap } from "./wrap.js";

type Table = Extract<Block, { kind: "table" }>;

/** On a terminal narrower than this nothing stands side by side. */
const leastForColumns = 40;

/** A table as lines of at most a width; on a terminal that is too narrow for it, row by row as names and values. */
export function tableLines({ columns, rows }: Table, width: number | undefined): Piece[][] {
  const titles = columns.map(({ title }) => toned(piecesOf(title), "dim"));
  const hasTitles = titles.some((title) => title.length > 0);
  const cells = rows.map((row): Cells => row.map(piecesOf));
  const isHeading = (row: Cells): boolean => row.length === 1 && columns.length > 1;
  const indent = cells.some(isHeading) ? gap : 0;
  const room = width === undefined ? undefined : width - indent;
  const measured = [...(hasTitles ? [titles] : []), ...cells.filter((row) => !isHeading(row))];
  const layout = room !== undefined && room < leastForColumns ? undefined : columnWidths(columns, measured, room);
  const lines = hasTitles && layout ? [lineOf(columns, titles, layout)] : [];
  for (const [index, row] of cells.entries()) {
    if (index > 0 && (isHeading(row) || !layout)) lines.push([]);
    if (isHeading(row)) lines.push(...wrap(toned(row[0] ?? [], "strong"), width));
    else lines.push(...rowLines(columns, row, layout, room).map((line) => [spaces(indent), ...line]));
  }
  return lines;
}

function rowLines(
  columns: readonly Column[],
  row: Cells,
  layout: ColumnWidths | undefined,
  room: number | undefined,
): Piece[][] {
  if (!layout) return recordLines(columns, row, room);
  const beneath = row
    .filter((cell, index) => layout.beneath[index] === true && cell.length > 0)
    .reduce<Piece[]>((line, cell) => [...line, ...(line.length > 0 ? [spaces(gap)] : []), ...cell], []);
  if (beneath.length === 0) return [lineOf(columns, row, layout)];
  const below = wrap(beneath, room === undefined ? undefined : room - 2 * gap);
  return [lineOf(columns, row, layout), ...below.map((line) => [spaces(2 * gap), ...line])];
}

function lineOf(columns: readonly Column[], row: Cells, { widths }: ColumnWidths): Piece[] {
  const line: Piece[] = [];
  for (const [index, column] of columns.entries()) {
    const columnWidth = widths[index] ?? 0;
    if (columnWidth === 0) continue;
    const cell = cut(row[index] ?? [], columnWidth);
    const blanks = spaces(columnWidth - widthOf(cell));
    if (line.length > 0) line.push(spaces(gap));
    line.push(...(column.align === "right" ? [blanks, ...cell] : [...cell, blanks]));
  }
  return line;
}

function recordLines(columns: readonly Column[], row: Cells, width: number | undefined): Piece[][] {
  const fields = columns.map(({ title }, index): [Piece[], readonly Piece[]] => [piecesOf(title), row[index] ?? []]);
  return fieldLines(
    fields.filter(([, value]) => value.length > 0),
    width,
  );
}
