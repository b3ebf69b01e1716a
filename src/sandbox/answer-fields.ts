/** The fields of an API's answers, as Google's reference has them. */
export interface AnswerFields {
  /** What the names of the API's methods begin with. */
  readonly prefix: string;
  /** By type, the methods that answer it, without the prefix and apart by spaces. */
  readonly methods: Readonly<Record<string, string>>;
  /**
   * A type per line, such as `Draft = id message:Message`. A field without a type has nothing in it that could be
   * selected; `*` stands for any name; a line that is indented further goes on with the one before.
   */
  readonly types: string;
}

/** By type, its fields, and of each its type where it has one. */
type Types = ReadonlyMap<string, ReadonlyMap<string, string | undefined>>;

const read = new WeakMap<AnswerFields, Types>();

/** What a method answers, to be gone through field by field. */
export interface AnswerType {
  /** Of its fields; `*` for any. */
  readonly names: readonly string[];
  /** What a field holds: `undefined` where there is no such field, `"value"` where nothing in it can be selected. */
  readonly field: (name: string) => AnswerType | "value" | undefined;
}

/** The type of a method's answers, or undefined for a method that answers nothing. @param method - as Google calls it */
export function answerType(fields: AnswerFields, method: string): AnswerType | undefined {
  const short = method.slice(fields.prefix.length);
  const [name] = Object.entries(fields.methods).find(([, methods]) => methods.split(" ").includes(short)) ?? [];
  if (name === undefined) return undefined;
  let types = read.get(fields);
  if (!types) read.set(fields, (types = readTypes(fields.types)));
  return typeNamed(types, name);
}

function typeNamed(types: Types, name: string): AnswerType {
  const known = types.get(name) ?? new Map<string, string | undefined>();
  const field = (wanted: string): AnswerType | "value" | undefined => {
    const key = known.has("*") ? "*" : wanted;
    if (!known.has(key)) return undefined;
    const type = known.get(key);
    return type === undefined ? "value" : typeNamed(types, type);
  };
  return { names: [...known.keys()], field };
}

function readTypes(text: string): Types {
  const lines = text
    .replace(/\n {6,}/g, " ")
    .trim()
    .split("\n");
  return new Map(
    lines.map((line) => {
      const [name = "", fields = ""] = line.trim().split(" = ");
      return [name, new Map(fields.split(" ").map((each) => pair(each)))];
    }),
  );
}

function pair(field: string): [string, string | undefined] {
  const [name = "", type] = field.split(":");
  return [name, type];
}
