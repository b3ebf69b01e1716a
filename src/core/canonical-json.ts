/**
 * Plain data as JSON of which there is one spelling only, whatever order its fields are in. Fields that are undefined are
 * left out.
 *
 * @see https://www.rfc-editor.org/rfc/rfc8785
 */
export function canonicalJson(data: unknown): string {
  const plain: unknown = JSON.parse(JSON.stringify(data)); // as a file gives it back
  return sorted(plain);
}

function sorted(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(sorted).join(",")}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${sorted(each)}`).join(",")}}`;
}
