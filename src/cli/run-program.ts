/**
 * Runs a command line as this process's whole work. A reader that went away is no error; a result that could not be
 * written for another reason, such as a full disk, is one.
 */
export async function runProgram(run: () => Promise<number>): Promise<void> {
  process.stderr.on("error", () => undefined); // nobody is there to be told
  process.stdout.on("error", (error: Error & { code?: string }) => {
    if (error.code === "EPIPE") return;
    console.error(`Error: The result could not be written: ${error.message}`);
    process.on("exit", () => (process.exitCode ||= 1));
  });
  process.exitCode = await run();
}
