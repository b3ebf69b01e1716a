/** What the locks use of this package, which has no types of its own. */
declare module "fs-native-extensions" {
  /** Takes a lock of a whole file for one descriptor, or says false when another descriptor holds it. */
  export function tryLock(descriptor: number): boolean;
}
