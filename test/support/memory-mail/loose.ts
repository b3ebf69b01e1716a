/** A contract's methods with what they take last; what they give is told by its overloads. */
export type Loose<Contract> = {
  [Name in keyof Contract]: Contract[Name] extends (...input: infer Input) => Promise<unknown>
    ? (...input: Input) => Promise<unknown>
    : never;
};
