/** A header line to write. */
export type HeaderLine = readonly [name: string, value: string];

/** A message with header fields put before all others, and without those named. */
export function withHeaders(
  raw: Buffer,
  change: { readonly first?: readonly HeaderLine[]; readonly without?: readonly string[] },
): Buffer {
  const text = raw.toString("latin1");
  const end = /^\r?\n|\r?\n\r?\n/.exec(text);
  const head = text.slice(0, end === null ? text.length : end.index);
  const fields = head === "" ? [] : head.split(/\r?\n(?![ \t])/);
  const unwanted = new Set((change.without ?? []).map((name) => name.toLowerCase()));
  const kept = fields.filter((field) => !unwanted.has(field.slice(0, field.indexOf(":")).trim().toLowerCase()));
  const added = (change.first ?? []).map(([name, value]) =>
    Buffer.from(`${name}: ${value}`, "utf8").toString("latin1"),
  );
  const body = end === null ? "" : text.slice(end.index + end[0].length);
  return Buffer.from(`${[...added, ...kept].join("\r\n")}\r\n\r\n${body}`, "latin1");
}
