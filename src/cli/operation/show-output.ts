import { systemClock } from "../../core/clock.js";
import { errorTable } from "../../core/error-table.js";
import { printableJson } from "../../core/printable.js";
import type { WritePreview } from "../../core/write-preview.js";
import type { OperationEntry } from "../../operations/operation.js";
import type { OperationFlags } from "../definitions/operation-flags.js";
import { lookOf } from "../terminal/look.js";
import { write } from "../terminal/output.js";
import type { View, ViewContext } from "../views/view.js";

/** What is shown of an operation, and how. */
export interface Showing {
  readonly entry: OperationEntry;
  readonly flags: Pick<OperationFlags, "json" | "ndjson">;
  /** The profile's name, for headings. */
  readonly profile: string;
  /** The zone in which times are laid out: the one that the operation reads times in. Asked only where it is needed. */
  readonly timeZone: () => Promise<string>;
}

/** Shows what an operation resolved to: as one JSON document, as one for each item, or laid out for people. */
export async function showOutput(showing: Showing, output: unknown): Promise<void> {
  const { entry, flags } = showing;
  if (flags.json) await write(`${printableJson(output, 2)}\n`);
  else if (flags.ndjson) await showItems(entry, output);
  else {
    const { viewOf } = await import("../views/index.js");
    const toView = await viewOf(entry.name);
    await write(await laidOut(toView(output, await contextOf(showing)), process.stdout));
  }
}

/** Shows what a write would do, on standard output. */
export async function showPreview(showing: Showing, preview: WritePreview): Promise<void> {
  const { json, ndjson } = showing.flags;
  await write(
    json || ndjson
      ? `${printableJson(preview, json ? 2 : undefined)}\n`
      : await previewText(showing, preview, process.stdout),
  );
}

/** What a write would do, laid out for the person at a stream. */
export async function previewText(
  showing: Showing,
  preview: WritePreview,
  stream: NodeJS.WriteStream,
): Promise<string> {
  const { previewView } = await import("../views/preview.js");
  return laidOut(previewView(preview, await contextOf(showing)), stream);
}

/** One JSON document on one line. @returns whether anybody still reads */
export function writeItem(item: unknown): Promise<boolean> {
  return write(`${printableJson(item)}\n`);
}

/** What a program exits with after a result: a part that failed, or an outcome that nobody knows, is no success. */
export function exitCodeOf(output: unknown): number {
  const { failed, failures, outcome } = fieldsOf(output);
  const inPart = (typeof failed === "number" && failed > 0) || (Array.isArray(failures) && failures.length > 0);
  if (inPart) return errorTable["request.partial_failure"].exitCode;
  return outcome === "unknown" ? 1 : 0;
}

async function showItems({ items = "" }: OperationEntry, output: unknown): Promise<void> {
  const { [items]: list, ...page } = fieldsOf(output);
  for (const item of Array.isArray(list) ? list : []) if (!(await writeItem(item))) return;
  if (Object.keys(page).length > 0) await writeItem({ page });
}

function fieldsOf(output: unknown): Readonly<Record<string, unknown>> {
  return typeof output === "object" && output !== null ? { ...output } : {};
}

async function contextOf({ profile, timeZone }: Showing): Promise<ViewContext> {
  return { now: systemClock.now(), timeZone: await timeZone(), profile };
}

async function laidOut(view: View, stream: NodeJS.WriteStream): Promise<string> {
  const { render } = await import("../views/render.js");
  const text = render(view, lookOf(stream));
  return text.endsWith("\n") ? text : `${text}\n`;
}
