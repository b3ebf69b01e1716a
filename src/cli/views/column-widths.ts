import { widthOf, type Piece } from "./pieces.js";
import type { Column } from "./view.js";

/** The cells of a row, cleaned. */
export type Cells = readonly (readonly Piece[])[];

/** Blanks between two columns. */
export const gap = 2;

const usualLeast = 8;

/** How the columns of a table share the room that there is. */
export interface ColumnWidths {
  /** For each column; 0 for one that stands beneath its row, or that is empty. */
  readonly widths: readonly number[];
  /** Which columns stand on lines of their own beneath their row. */
  readonly beneath: readonly boolean[];
}

/**
 * The columns of a table within a width; undefined when they do not fit side by side at all.
 *
 * @param room - columns of the terminal; undefined: as many as it takes
 */
export function columnWidths(
  columns: readonly Column[],
  rows: readonly Cells[],
  room: number | undefined,
): ColumnWidths | undefined {
  const natural = columns.map((_, index) => rows.reduce((most, row) => Math.max(most, widthOf(row[index] ?? [])), 0));
  const nowhere = columns.map(() => false);
  if (room === undefined || sum(natural) <= room) return { widths: natural, beneath: nowhere };
  const whole = columns.map((column) => column.whole === true);
  const beside = natural.map((width, index) => (whole[index] ? 0 : width));
  const shares = columns.map(({ grow = 0 }) => grow);
  const everyone = columns.map(() => 1);
  const attempts: readonly [widths: readonly number[], shares: readonly number[], beneath: readonly boolean[]][] = [
    [natural, shares, nowhere],
    [beside, shares, whole],
    [beside, everyone, whole],
  ];
  for (const [wanted, shares, beneath] of attempts) {
    const least = wanted.map((width, index) => (shares[index] ? leastOf(columns[index], width) : width));
    if (sum(least) <= room) return { widths: widened(least, wanted, shares, room), beneath };
  }
  return undefined;
}

function leastOf(column: Column | undefined, natural: number): number {
  return column?.whole ? natural : Math.min(natural, column?.least ?? usualLeast);
}

/** Gives what is left to the columns that want more, one by one in turn, those with a larger share more often. */
function widened(widths: number[], wanted: readonly number[], shares: readonly number[], room: number): number[] {
  let left = room - sum(widths);
  while (left > 0) {
    const next = neediest(widths, wanted, shares);
    if (next === undefined) break;
    widths[next] = (widths[next] ?? 0) + 1;
    left--;
  }
  return widths;
}

/** The column that has least of what its share is, of those that want more. */
function neediest(widths: readonly number[], wanted: readonly number[], shares: readonly number[]): number | undefined {
  let found: number | undefined;
  let lowest = Infinity;
  for (const [index, width] of widths.entries()) {
    const share = shares[index] ?? 0;
    if (share === 0 || width >= (wanted[index] ?? 0) || width / share >= lowest) continue;
    found = index;
    lowest = width / share;
  }
  return found;
}

/** Columns beside each other, with the gaps between those that hold something. */
function sum(widths: readonly number[]): number {
  const held = widths.filter((width) => width > 0);
  return held.reduce((total, width) => total + width, 0) + gap * Math.max(0, held.length - 1);
}
