/**
 * Writes to standard output, no faster than it is read.
 *
 * @returns whether anybody still reads: a closed pipe is no error, and a reason to do no more
 */
export function write(text: string): Promise<boolean> {
  const { stdout } = process;
  if (stdout.destroyed || !stdout.writable) return Promise.resolve(false);
  return new Promise((resolve) => {
    stdout.write(text, (error) => resolve(!error));
  });
}
