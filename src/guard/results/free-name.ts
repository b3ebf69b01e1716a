/** A name that is not taken: the one that was given, or else with so many underscores as it takes. */
export function freeName(name: string, isTaken: (name: string) => boolean): string {
  return isTaken(name) ? freeName(`${name}_`, isTaken) : name;
}

/** Fields in order. Of two of one name the later gets another. */
export function fieldsOf<Value>(entries: Iterable<readonly [name: string, value: Value]>): Record<string, Value> {
  const fields = new Map<string, Value>();
  for (const [name, value] of entries)
    fields.set(
      freeName(name, (each) => fields.has(each)),
      value,
    );
  return Object.fromEntries(fields);
}
