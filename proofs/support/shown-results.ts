import type * as Render from "../../src/cli/views/render.js";
import type * as Views from "../../src/cli/views/index.js";
import type * as Printable from "../../src/core/printable.js";

/** What is printed of a result: for people, and as one JSON document. */
export interface Shown {
  readonly human: string;
  /** On a terminal of 60 columns with colours, without the colours. */
  readonly narrow: string;
  readonly json: string;
}

/** Shows what an operation gave, as the command line does. */
export async function shown(operation: string, output: unknown): Promise<Shown> {
  const { viewOf } = (await import(inside("cli/views/index"))) as typeof Views;
  const { render } = (await import(inside("cli/views/render"))) as typeof Render;
  const { printableJson } = (await import(inside("core/printable"))) as typeof Printable;
  const context = { now: Date.now(), timeZone: "Europe/Berlin", profile: "default" };
  const view = (await viewOf(operation))(output, context);
  return {
    human: render(view, { width: undefined, colour: false }),
    narrow: render(view, { width: 60, colour: true }).replace(ourColours, ""),
    json: printableJson(output, 2),
  };
}

const ourColours = /\u001b\[\d{1,2}m/g;

function inside(file: string): string {
  return new URL(`../../../dist/${file}.js`, import.meta.url).href;
}
