/** The whole package at work against a sandbox. */
export async function demoCommand(flags: { json?: boolean }): Promise<void> {
  const { runDemo } = await import("../demo/run-demo.js");
  const { demoReport } = await import("../demo/report.js");
  const facts = await runDemo({ progress: flags.json ? () => undefined : (step) => console.error(`… ${step}`) });
  console.log(flags.json ? JSON.stringify(facts, undefined, 2) : demoReport(facts, process.stdout.columns || 100));
}
