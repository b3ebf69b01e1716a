/**
 * What a person is shown, before it is laid out: plain data. Every text in it may come from outside; `render` alone cleans
 * it and writes it for a terminal, so that no view can forget to.
 */

/** How a piece of text is meant; only a terminal with colours shows it. */
export type Tone = "plain" | "strong" | "dim" | "good" | "warning" | "bad" | "accent";

/** A piece of text. */
export type Text = string | { readonly text: string; readonly tone: Tone };

/** One line, of one piece or several one after the other. */
export type Line = Text | readonly Text[];

/** A column of a table. */
export interface Column {
  /** Without any title a table has no line of them. */
  readonly title: string;
  readonly align?: "left" | "right";
  /** Its share of what is cut where the terminal is too narrow; 0 (default): cut only when there is no other way. */
  readonly grow?: number;
  /** What it is not cut below; default 8. */
  readonly least?: number;
  /** Never cut, such as an id: where there is no room it stands beneath its row. */
  readonly whole?: boolean;
}

/** A row of a table; one of a single cell, where there are several columns, heads the rows that follow. */
export type Row = readonly Line[];

/** A part of a view. An empty line stands between two, but not after a heading. */
export type Block =
  | { readonly kind: "heading"; readonly text: Line }
  /** Lines, each of which begins anew; one that is longer than the terminal goes on under its beginning. */
  | { readonly kind: "lines"; readonly lines: readonly Line[]; readonly indent?: number }
  /** Running text: its line breaks are kept, and long lines are wrapped to the terminal. */
  | { readonly kind: "text"; readonly text: string; readonly indent?: number }
  /** Names with what they are, aligned; what is longer than a line goes on under its beginning. */
  | { readonly kind: "fields"; readonly rows: readonly (readonly [name: string, value: Line])[] }
  | { readonly kind: "table"; readonly columns: readonly Column[]; readonly rows: readonly Row[] };

/** What a person is shown. */
export type View = readonly Block[];

/** What a view needs to know besides what it shows. */
export interface ViewContext {
  /** Milliseconds since the epoch. */
  readonly now: number;
  /** IANA name of the zone in which times are shown. */
  readonly timeZone: string;
  /** The account or profile that it is about, for headings. */
  readonly profile: string;
}

/** Where a view is shown. */
export interface Look {
  /** How many columns there are; undefined: nothing is cut, as for a file or a pipe. */
  readonly width: number | undefined;
  readonly colour: boolean;
}

/** What makes a view of what an operation gave. */
export type ShowOutput = (output: unknown, context: ViewContext) => View;
