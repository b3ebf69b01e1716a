import { render } from "../views/render.js";
import type { View } from "../views/view.js";

/** A view on standard output: fitted to a terminal and with colours there, whole and plain in a file or a pipe. */
export function printView(view: View): void {
  const { stdout } = process;
  const look = { width: stdout.isTTY ? stdout.columns : undefined, colour: stdout.isTTY && stdout.hasColors() };
  console.log(render(view, look));
}
