/** `2026-10-25T03:00:00` in seconds, counted as if it were UTC; missing for anything else. */
export function wallSeconds(text: unknown): number | undefined {
  return secondsOf(text, /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}$/, "Z");
}

/** `2026-10-25T03:00:00Z`, or a date at its first moment in UTC, in seconds since the epoch; missing for anything else. */
export function instantSeconds(text: unknown): number | undefined {
  return secondsOf(text, /^\d{4}-\d{2}-\d{2}(T\d{2}:\d{2}:\d{2}Z)?$/, "");
}

function secondsOf(text: unknown, shape: RegExp, suffix: string): number | undefined {
  if (typeof text !== "string" || !shape.test(text)) return undefined;
  const ms = Date.parse(text + suffix);
  return Number.isNaN(ms) ? undefined : ms / 1000;
}

/** `20261025T030000` as `2026-10-25T03:00:00`. */
export function withDashes(text: string): string {
  return text.replace(/^(\d{4})(\d{2})(\d{2})T(\d{2})(\d{2})(\d{2})/, "$1-$2-$3T$4:$5:$6");
}
