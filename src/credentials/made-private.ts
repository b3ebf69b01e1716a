/**
 * Tells that something was open to other users of the machine, and is not any more. Whoever runs the program should
 * know; nobody's call failed.
 */
export function warnOfLoosePermissions(path: string): void {
  process.emitWarning(`${path} was open to other users of this machine, and was made private.`, {
    type: "SecurityWarning",
    code: "MAIGIC_LOOSE_PERMISSIONS",
  });
}
