import { escapeHtml } from "../core/html.js";
import { htmlPage, type HtmlPage } from "../core/html-page.js";

/** What a person reads in the browser when the sign-in has come back. Plain text. */
export interface CallbackPage {
  readonly ok: boolean;
  readonly title: string;
  readonly paragraphs: readonly string[];
  /** What to do now. */
  readonly next?: string;
}

/** What whoever comes with something else than the awaited answer sees. */
export const unknownAnswer: CallbackPage = {
  ok: false,
  title: "Nothing to see here",
  paragraphs: ["This address only takes the answer of a sign-in that is under way, and takes it once."],
  next: "If you came here to sign in, go back to the terminal and begin again.",
};

/** The page as it goes out: readable without colours, on a phone and by a screen reader, which reads it at once. */
export function callbackHtml({ ok, title, paragraphs, next }: CallbackPage): HtmlPage {
  const text = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`);
  if (next !== undefined) text.push(`<p class="next">${escapeHtml(next)}</p>`);
  return htmlPage({
    title,
    banner: "mAIgic Integrations",
    main: `<div role="${ok ? "status" : "alert"}">
<div class="mark ${ok ? "good" : "bad"}" aria-hidden="true">${ok ? "✓" : "!"}</div>
<h1>${escapeHtml(title)}</h1>
${text.join("\n")}
</div>`,
  });
}
