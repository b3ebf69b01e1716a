/** One choice of a list. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/**
 * How setup talks with a person. Everything it says goes to the person, never to standard output; what it asks may end
 * the setup when nobody can answer.
 */
export interface Prompter {
  /** Whether somebody is there to answer questions. */
  readonly interactive: boolean;
  say(message: string): void;
  /** The chosen values. */
  chooseSeveral(question: string, choices: readonly Choice[]): Promise<string[]>;
  /** A line of text; a secret one is not shown while it is typed. */
  ask(question: string, options?: { placeholder?: string; secret?: boolean }): Promise<string>;
  /** Shows an address; opens it in a browser when `open` is true and there is one. */
  showAddress(url: string, options: { open: boolean }): Promise<void>;
  /** Shows that something slow is going on until the work is done. */
  during<T>(message: string, work: () => Promise<T>): Promise<T>;
}
