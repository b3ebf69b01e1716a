/** Receives what clients have to say beside their results. Neither contents nor secrets are among it. */
export interface Logger {
  /** Each answer: `{ method, path, status, ms }`. */
  debug(message: string, facts?: Readonly<Record<string, unknown>>): void;
  /** What is being tried again: `{ code, waitMs }`. */
  warn(message: string, facts?: Readonly<Record<string, unknown>>): void;
}

/** The logger, with its own failures kept from the calls that it is told about. */
export function harmless(logger: Logger | undefined): Logger {
  const guarded =
    (level: keyof Logger): Logger["debug"] =>
    (message, facts) => {
      try {
        logger?.[level](message, facts);
      } catch {
        // A call that was carried out must not fail because nobody could be told.
      }
    };
  return { debug: guarded("debug"), warn: guarded("warn") };
}
