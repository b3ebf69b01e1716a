/** An object without some of its fields. */
export function without<T extends object, Name extends string>(source: T, names: Iterable<Name>): Omit<T, Name> {
  const left = new Set<string>(names);
  return Object.fromEntries(Object.entries(source).filter(([name]) => !left.has(name))) as Omit<T, Name>;
}
