import type { Outcome } from "./run-command.js";

/**
 * Runs a command line in this process, and keeps what it writes. One at a time.
 *
 * @param linesRead - after so many writes nobody reads its result any more; default: all are read
 */
export async function capturedOutput(run: () => Promise<number>, linesRead: number = Infinity): Promise<Outcome> {
  const said = { stdout: "", stderr: "" };
  const restore = [
    captured(process.stdout, (text) => (said.stdout += text), linesRead),
    captured(process.stderr, (text) => (said.stderr += text)),
  ];
  try {
    return { code: await run(), ...said };
  } finally {
    for (const each of restore) each();
  }
}

/** Hears what is written to a stream. @returns what gives it back */
function captured(stream: NodeJS.WriteStream, hear: (text: string) => void, linesRead = Infinity): () => void {
  const original = stream.write.bind(stream);
  let writes = 0;
  stream.write = (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    writes += 1;
    const closed = writes > linesRead;
    if (!closed) hear(String(text));
    const done = rest.at(-1);
    const problem = closed ? Object.assign(new Error("write EPIPE"), { code: "EPIPE" }) : undefined;
    if (typeof done === "function") queueMicrotask(() => void Reflect.apply(done, undefined, [problem]));
    return true;
  };
  return () => void (stream.write = original);
}
