import type { ShowOutput } from "../view.js";

/** How the results of operations on mail are shown, by the name after `email.`. */
export const emailViews: Readonly<Record<string, ShowOutput>> = {};
