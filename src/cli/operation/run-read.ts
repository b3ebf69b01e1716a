import { interruptible } from "../terminal/interruption.js";
import { activityOf, type Running } from "./running.js";
import { exitCodeOf, showOutput, writeItem } from "./show-output.js";

/** Runs an operation that changes nothing, and shows what it found. @returns the exit code */
export async function runRead(running: Running): Promise<number> {
  const { operation, input, call, showing, flags } = running;
  if (flags.ndjson && operation.stream) return streamed(running);
  const shown = activityOf(running);
  const reading = interruptible((signal) => operation.run({ ...call, signal }, input));
  const output = await reading.finally(shown.end);
  await showOutput(showing, output);
  return exitCodeOf(output);
}

/** Items as they come, as long as somebody reads them. */
async function streamed(running: Running): Promise<number> {
  const { operation, input, call } = running;
  const shown = activityOf(running, { hidden: process.stdout.isTTY }); // there the items show how far it is
  const reading = interruptible(async (signal) => {
    for await (const item of operation.stream?.({ ...call, signal }, input) ?? []) {
      if (!(await writeItem(item))) return;
      shown.count();
    }
  });
  await reading.finally(shown.end);
  return 0;
}
