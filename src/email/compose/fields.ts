import { integrationError } from "../../core/errors.js";

/** The error for a field of a mail that cannot be sent as it is. */
export function wrongField(field: string, problem: string, hint: string): Error {
  return integrationError("request.invalid", {
    message: `The mail's ${field} cannot be sent: ${problem}.`,
    hint,
    details: { field },
  });
}

/** Text that stays on one line: a line break would begin a header of somebody else's choice. @throws RequestError `request.invalid` */
export function requireOneLine(field: string, value: string): string {
  if (!/[\u0000-\u001f\u007f\u0085\u2028\u2029]/.test(value)) return requireWellFormed(field, value);
  throw wrongField(field, "it holds a line break or another control character", "Leave control characters out.");
}

/** Text of any number of lines. @throws RequestError `request.invalid` */
export function requireText(field: string, value: string): string {
  if (!value.includes("\0")) return requireWellFormed(field, value);
  throw wrongField(field, "it holds a NUL character", "Leave it out, or send the content as an attachment.");
}

function requireWellFormed(field: string, value: string): string {
  if (!/[\ud800-\udfff]/u.test(value)) return value;
  throw wrongField(field, "it holds half a character", "Do not cut texts between the halves of a character.");
}

const headerName = /^[A-Za-z][A-Za-z0-9-]{0,75}$/;
/** Headers that say who, when and what; and those that servers add. */
const reserved =
  /^(from|sender|to|cc|bcc|reply-to|subject|date|message-id|in-reply-to|references|mime-version|return-path|received|dkim-signature|arc-.*|authentication-results|content-.*|resent-.*|importance|x-priority|x-msmail-priority)$/i;

/** Headers of the caller's own. @throws RequestError `request.invalid` naming the header */
export function requireHeaders(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => {
      const hint = "Name it with letters, digits and hyphens, such as X-Ticket.";
      if (!headerName.test(name)) throw wrongField("headers", `"${name.slice(0, 80)}" is no header's name`, hint);
      if (reserved.test(name)) {
        throw wrongField("headers", `${name} is set by this package`, "Use the mail's own field for it.");
      }
      return [name, requireOneLine(name, value)];
    }),
  );
}
