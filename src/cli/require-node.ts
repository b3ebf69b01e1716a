/** The oldest Node.js that this package runs on, as in `engines`. */
const floor = [20, 19] as const;

/** Whether this Node.js is new enough; if not, says so in one line and sets the exit code. */
export function requireNode(program: Pick<NodeJS.Process, "versions" | "exitCode">): boolean {
  const [major = 0, minor = 0] = program.versions.node.split(".").map(Number);
  if (major > floor[0] || (major === floor[0] && minor >= floor[1])) return true;
  console.error(
    `maigic-integrations needs Node.js ${floor.join(".")} or newer, and this is ${program.versions.node}. Install a newer one from https://nodejs.org and run the command again.`,
  );
  program.exitCode = 1;
  return false;
}
