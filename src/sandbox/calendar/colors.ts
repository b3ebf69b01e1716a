/** A colour of Google's palette. */
export interface CalendarColor {
  readonly background: string;
  readonly foreground: string;
}

const foreground = "#1d1d1d";

/** By the `colorId` of a calendar in somebody's list. */
export const calendarColors: Readonly<Record<string, CalendarColor>> = numbered([
  "#ac725e",
  "#d06b64",
  "#f83a22",
  "#fa573c",
  "#ff7537",
  "#ffad46",
  "#42d692",
  "#16a765",
  "#7bd148",
  "#b3dc6c",
  "#fbe983",
  "#fad165",
  "#92e1c0",
  "#9fe1e7",
  "#9fc6e7",
  "#4986e7",
  "#9a9cff",
  "#b99aff",
  "#c2c2c2",
  "#cabdbf",
  "#cca6ac",
  "#f691b2",
  "#cd74e6",
  "#a47ae2",
]);

/** By the `colorId` of an event. */
export const eventColors: Readonly<Record<string, CalendarColor>> = numbered([
  "#a4bdfc",
  "#7ae7bf",
  "#dbadff",
  "#ff887c",
  "#fbd75b",
  "#ffb878",
  "#46d6db",
  "#e1e1e1",
  "#5484ed",
  "#51b749",
  "#dc2127",
]);

/** When Google changed the palette last. */
export const colorsUpdated = "2012-02-14T00:00:00.000Z";

function numbered(backgrounds: readonly string[]): Record<string, CalendarColor> {
  return Object.fromEntries(backgrounds.map((background, index) => [String(index + 1), { background, foreground }]));
}
