/**
 * The wait that a Retry-After header asks for, in milliseconds; undefined without one that can be read.
 *
 * @param now - milliseconds since the epoch
 * @see https://www.rfc-editor.org/rfc/rfc9110#field.retry-after (seconds or a date)
 */
export function retryAfterMs(header: string | undefined, now: number): number | undefined {
  const text = header?.trim() ?? "";
  if (/^\d+$/.test(text)) return Number(text) * 1000;
  const time = Date.parse(text);
  return Number.isNaN(time) ? undefined : Math.max(0, time - now);
}
