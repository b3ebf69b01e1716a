const dateTime =
  /^(?:[a-z]+,?\s+)?(\d{1,2}\s+[a-z]{3}\s+\d{4}\s+\d{1,2}:\d{2}(?::\d{2})?)(?:\s+([-+]\d{4}|[a-z]{1,5}))?/i;

/**
 * A mail's date as ISO 8601; without a zone that can be read it is UTC, wherever this runs. Undefined for what is no date.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5322#section-3.3
 */
export function mailDate(header: string): string | undefined {
  const [, moment, zone = ""] = dateTime.exec(header.trim().slice(0, 200)) ?? [];
  if (moment === undefined) return undefined;
  const zoned = Date.parse(`${moment} ${zone || "+0000"}`);
  const epochMs = Number.isNaN(zoned) ? Date.parse(`${moment} +0000`) : zoned;
  return Number.isNaN(epochMs) ? undefined : new Date(epochMs).toISOString();
}
