/** One choice of a list. */
export interface Choice {
  readonly value: string;
  readonly label: string;
  readonly hint?: string;
}

/** What every question may have. */
export interface QuestionOptions {
  /** What answers it on the command line, such as `--service`: named when nobody is there to be asked. */
  readonly flag?: string;
  /** Takes the question back: it then rejects with the signal's reason. */
  readonly signal?: AbortSignal;
}

/** A question for one of several. */
export interface ChooseOptions extends QuestionOptions {
  /** The value that Enter alone chooses; default: the first. */
  readonly initial?: string;
}

/** A question for any of several. */
export interface ChooseSeveralOptions extends QuestionOptions {
  /** The values that are chosen at first; default: none. */
  readonly initial?: readonly string[];
}

/** A question for yes or no. */
export interface ConfirmOptions extends QuestionOptions {
  /** What Enter alone answers; default: no. */
  readonly initial?: boolean;
}

/** A question for a line of text. */
export interface AskOptions extends QuestionOptions {
  readonly placeholder?: string;
  /** It is not shown while it is typed. */
  readonly secret?: boolean;
  /**
   * What exactly is wrong with an answer, as a sentence, or undefined when it is good. A person is told and asked again; an
   * answer that was piped in ends in `config.invalid`.
   */
  readonly check?: (answer: string) => string | undefined | Promise<string | undefined>;
  /** Whether the answer may be piped in where nobody is there to be asked. */
  readonly piped?: boolean;
}

/**
 * How setup talks with a person. Everything it says goes to the person, never to standard output. Where nobody is there
 * every question throws `config.missing_variable` with the flag that answers it in message, hint and `details.flag`; and
 * who leaves a question ends the setup with `auth.consent_denied`.
 */
export interface Prompter {
  /** Whether somebody is there to answer questions. */
  readonly interactive: boolean;
  say(message: string): void;
  /** The chosen value. */
  choose(question: string, choices: readonly Choice[], options?: ChooseOptions): Promise<string>;
  /** The chosen values, at least one. */
  chooseSeveral(question: string, choices: readonly Choice[], options?: ChooseSeveralOptions): Promise<string[]>;
  confirm(question: string, options?: ConfirmOptions): Promise<boolean>;
  /** A line of text, without spaces around it. */
  ask(question: string, options?: AskOptions): Promise<string>;
  /** Shows an address, under a line that says what it is for; opens it in a browser when `open` is true and there is one. */
  showAddress(url: string, options: { open: boolean; title?: string }): Promise<void>;
  /** Shows that something slow is going on until the work is done. */
  during<T>(message: string, work: () => Promise<T>): Promise<T>;
}
