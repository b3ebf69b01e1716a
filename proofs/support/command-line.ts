import { getRegistry, runCli } from "maigic-integrations";
import type { World } from "./world.js";

/** What a command line wrote, and how it ended. */
export interface Printed {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs `maigic-integrations …` in this process against a world. One at a time. */
export function printedBy({ config, sandbox }: World, args: readonly string[]): Promise<Printed> {
  return printed(() => runCli([...args, "--sandbox", sandbox.url], { registry: getRegistry(config) }));
}

/** What is written while something runs. One at a time. @param work - gives the exit code */
export async function printed(work: () => Promise<number>): Promise<Printed> {
  const heard = { stdout: "", stderr: "" };
  const restore = (["stdout", "stderr"] as const).map((name) =>
    hear(process[name], (text) => {
      heard[name] += text;
    }),
  );
  try {
    const code = await work();
    return { code, ...heard };
  } finally {
    for (const each of restore) each();
  }
}

/** @returns what gives the stream back */
function hear(stream: NodeJS.WriteStream, take: (text: string) => void): () => void {
  const original = stream.write.bind(stream);
  stream.write = (text: string | Uint8Array, ...rest: unknown[]): boolean => {
    take(String(text));
    const done = rest.at(-1);
    if (typeof done === "function") queueMicrotask(() => void Reflect.apply(done, undefined, []));
    return true;
  };
  return () => void (stream.write = original);
}
