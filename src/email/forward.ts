import { escapeHtml } from "../core/html.js";
import type { Email, EmailAddress } from "./models.js";

/** A mail's texts below what somebody writes above it, as mail programs do. */
export function forwardedTexts(
  email: Email,
  above: { readonly text?: string | undefined; readonly html?: string | undefined },
): { text: string; html?: string } {
  const head = ["---------- Forwarded message ---------", ...factsOf(email)];
  const text = [above.text ?? "", ...(above.text ? [""] : []), ...head, "", email.bodyText ?? ""]
    .join("\n")
    .trimStart();
  if (above.html === undefined && email.bodyHtml === undefined) return { text };
  const own = above.html ?? htmlOf(above.text ?? "");
  const headHtml = head.map(escapeHtml).join("<br>");
  const body = email.bodyHtml ?? htmlOf(email.bodyText ?? "");
  return { text, html: `<div>${own}</div><br><div>${headHtml}</div><br><div>${body}</div>` };
}

function factsOf({ from, sentAt, receivedAt, subject, to, cc }: Email): string[] {
  const facts = [
    `From: ${from ? shown(from) : "(unknown)"}`,
    `Date: ${sentAt ?? receivedAt}`,
    `Subject: ${subject}`,
    `To: ${to.map(shown).join(", ")}`,
  ];
  return cc.length === 0 ? facts : [...facts, `Cc: ${cc.map(shown).join(", ")}`];
}

function shown({ name, address }: EmailAddress): string {
  return name === undefined ? address : `${name} <${address}>`;
}

function htmlOf(text: string): string {
  return escapeHtml(text).replace(/\n/g, "<br>\n");
}
