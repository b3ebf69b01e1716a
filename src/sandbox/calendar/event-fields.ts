/** The fields of an event, parted by who shares them. */
export interface PartedFields {
  /** Of all copies. */
  readonly shared: Record<string, unknown>;
  /** Of one copy alone. */
  readonly own: Record<string, unknown>;
}

/** What each copy has for itself. */
const ownNames: ReadonlySet<string> = new Set(["colorId", "eventLabelId"]);

/** What a guest may set for the own copy, where it takes the place of what the organizer set. */
export const overridable: ReadonlySet<string> = new Set(["transparency", "visibility"]);

/**
 * Parts fields as Google writes them. Properties that an application adds are private to a copy or shared by all.
 *
 * @see https://developers.google.com/workspace/calendar/api/guides/extended-properties
 */
export function partFields(fields: Readonly<Record<string, unknown>>): PartedFields {
  const { extendedProperties, ...others } = fields;
  const properties: { private?: unknown; shared?: unknown } = isObject(extendedProperties) ? extendedProperties : {};
  const all = Object.entries(others);
  return {
    shared: {
      ...Object.fromEntries(all.filter(([name]) => !ownNames.has(name))),
      ...(properties.shared !== undefined && { extendedProperties: { shared: properties.shared } }),
    },
    own: {
      ...Object.fromEntries(all.filter(([name]) => ownNames.has(name))),
      ...(properties.private !== undefined && { extendedProperties: { private: properties.private } }),
    },
  };
}

/** The fields of a copy, as Google writes them. */
export function joinFields({ shared, own }: PartedFields): Record<string, unknown> {
  const properties = [shared["extendedProperties"], own["extendedProperties"]].filter(isObject);
  return {
    ...shared,
    ...own,
    ...(properties.length > 0 && { extendedProperties: Object.assign({}, ...properties) as object }),
  };
}

/** Whether something is a JSON object. */
export function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

/** What of an object is named; null counts as nothing. */
export function pick(source: Readonly<Record<string, unknown>>, names: Iterable<string>): Record<string, unknown> {
  return Object.fromEntries(
    [...names].flatMap((name) => (source[name] === undefined || source[name] === null ? [] : [[name, source[name]]])),
  );
}

/** An object without some of its fields. */
export function omit(source: Readonly<Record<string, unknown>>, ...names: string[]): Record<string, unknown> {
  return Object.fromEntries(Object.entries(source).filter(([name]) => !names.includes(name)));
}

/**
 * A resource with a patch: objects are merged, arrays replaced, and null takes away.
 *
 * @see https://developers.google.com/workspace/calendar/api/guides/performance#patch
 */
export function mergePatch(target: unknown, patch: unknown): unknown {
  if (!isObject(patch)) return patch;
  const merged = new Map(isObject(target) ? Object.entries(target) : []);
  for (const [name, value] of Object.entries(patch)) {
    if (value === null) merged.delete(name);
    else merged.set(name, mergePatch(merged.get(name), value));
  }
  return Object.fromEntries(merged);
}
