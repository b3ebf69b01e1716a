import { interruptible } from "../terminal/interruption.js";
import { lookOf } from "../terminal/look.js";
import { printJson } from "../terminal/print.js";

/** The whole package at work against a sandbox. */
export async function demoCommand(flags: { json?: boolean }): Promise<void> {
  const { runDemo } = await import("../../demo/run-demo.js");
  const { demoReport } = await import("../../demo/report.js");
  const facts = await interruptible((signal) =>
    runDemo({
      progress: (step) => {
        signal.throwIfAborted(); // then it cleans up and ends
        if (!flags.json) console.error(`… ${step}`);
      },
    }),
  );
  if (flags.json) printJson(facts);
  else console.log(demoReport(facts, lookOf(process.stdout)));
}
