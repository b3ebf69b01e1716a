import type { WriteStream } from "node:tty";
import { colourWish } from "../../config.js";
import type { Look } from "../views/view.js";

/** How much room a stream's reader has, and whether colours are shown: on a terminal, unless somebody wished otherwise. */
export function lookOf(stream: Pick<WriteStream, "isTTY" | "columns"> & Partial<Pick<WriteStream, "hasColors">>): Look {
  const wish = colourWish();
  return {
    width: stream.isTTY ? stream.columns : undefined,
    colour: wish === undefined ? stream.isTTY && stream.hasColors?.() === true : wish === "always",
  };
}
