import type { WriteStream } from "node:tty";
import { colourWish } from "../../config.js";
import type { Look } from "../views/view.js";

/** How much room a stream's reader has, and whether colours are shown: on a terminal, unless somebody wished otherwise. */
export function lookOf(stream: Partial<Pick<WriteStream, "isTTY" | "columns" | "hasColors">>): Look {
  const wish = colourWish();
  const onTerminal = stream.isTTY === true; // undefined for a file or a pipe
  return {
    width: (onTerminal && stream.columns) || undefined, // a terminal that does not know its width says 0
    colour: wish === undefined ? onTerminal && stream.hasColors?.() === true : wish === "always",
  };
}
