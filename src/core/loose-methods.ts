/** Methods as a provider writes them, without overloads: whether a preview comes back, the options decide. */
export type LooseMethods<Contract> = {
  [Name in keyof Contract]: Contract[Name] extends (...input: infer Input) => Promise<unknown>
    ? (...input: Input) => Promise<unknown>
    : never;
};
