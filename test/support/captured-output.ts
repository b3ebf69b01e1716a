/** What a command line run in this process printed, and its exit code. */
export interface CapturedOutput {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs a command line in this process, and keeps what it prints. One at a time. */
export async function capturedOutput(run: () => Promise<number>): Promise<CapturedOutput> {
  const printed = { stdout: "", stderr: "" };
  const { log, error } = console;
  console.log = (text: unknown) => void (printed.stdout += `${String(text)}\n`);
  console.error = (text: unknown) => void (printed.stderr += `${String(text)}\n`);
  try {
    return { code: await run(), ...printed };
  } finally {
    Object.assign(console, { log, error });
  }
}
