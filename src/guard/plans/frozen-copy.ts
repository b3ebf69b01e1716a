/** A copy of plain data that nobody can change, at any depth. */
export function frozenCopy<T>(data: T): T {
  return frozen(structuredClone(data));
}

function frozen<T>(value: T): T {
  if (typeof value !== "object" || value === null) return value;
  for (const each of Object.values(value)) frozen(each);
  return Object.freeze(value);
}
