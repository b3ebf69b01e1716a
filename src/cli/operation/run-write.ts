import { integrationError } from "../../core/errors.js";
import type { WritePreview } from "../../core/write-preview.js";
import { isAgreed } from "../terminal/agreement.js";
import { finishing, interruptible } from "../terminal/interruption.js";
import { note } from "../terminal/print.js";
import { needsConfirmation, nobodyToAsk } from "./confirmation.js";
import { activityOf, type Running } from "./running.js";
import { exitCodeOf, previewText, showOutput, showPreview } from "./show-output.js";

const answeredNo = 1;

/**
 * Runs an operation that changes something, or with `--dry-run` tells what it would change. What cannot be taken back is
 * shown first, and done only when somebody agrees.
 *
 * @returns the exit code
 */
export async function runWrite(running: Running): Promise<number> {
  const { operation, input, call, showing, flags } = running;
  if (flags.dryRun) {
    await showPreview(showing, await previewOf(running));
    return 0;
  }
  const { effect } = showing.entry;
  if ((effect === "send" || effect === "delete") && !flags.yes && !(await isConfirmed(running))) {
    note("Nothing was changed.");
    return answeredNo;
  }
  const shown = activityOf(running);
  const writing = finishing((ending) => operation.run({ ...call, ...ending }, input));
  const { result, exitCode } = await writing.finally(shown.end);
  await showOutput(showing, result);
  return exitCode || exitCodeOf(result);
}

function previewOf(running: Running): Promise<WritePreview> {
  const { operation, input, call, showing } = running;
  const shown = activityOf(running);
  return interruptible((signal) => {
    if (operation.preview) return operation.preview({ ...call, signal }, input);
    throw integrationError("request.unsupported", {
      message: `${showing.entry.name} cannot be tried without doing it.`,
    });
  }).finally(shown.end);
}

async function isConfirmed(running: Running): Promise<boolean> {
  const preview = await previewOf(running);
  if (!needsConfirmation(preview)) return true;
  return isAgreed(running.prompter, {
    shown: () => previewText(running.showing, preview, process.stderr),
    ...{ question: "Do it?", flag: "--yes", left: "Nothing was changed." },
    nobodyToAsk: () => nobodyToAsk(preview),
  });
}
