import { render } from "../views/render.js";
import type { View } from "../views/view.js";
import { lookOf } from "./look.js";

/** A view on standard output: fitted to a terminal and with colours there, whole and plain in a file or a pipe. */
export function printView(view: View): void {
  process.stdout.write(`${render(view, lookOf(process.stdout))}\n`);
}
