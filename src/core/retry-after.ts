/** An HTTP-date, or the ISO 8601 instant that Gmail writes: `Date.parse` alone takes `-1` and `1.5` for dates too. */
const time = /^([a-z]{3,9},? |\d{4}-\d{2}-\d{2}t)/i;

/**
 * The wait that a Retry-After header asks for, in milliseconds; undefined without one that can be read.
 *
 * @param now - milliseconds since the epoch
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after (seconds or a date)
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const at = time.test(text) ? Date.parse(text) : NaN;
  return Number.isNaN(at) ? undefined : Math.max(0, at - now);
}
