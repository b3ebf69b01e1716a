import { escapeHtml } from "../core/html.js";

/** What a person reads in the browser when the sign-in has come back. Plain text. */
export interface CallbackPage {
  readonly ok: boolean;
  readonly title: string;
  readonly paragraphs: readonly string[];
}

/** What whoever comes with something else than the awaited answer sees. */
export const unknownAnswer: CallbackPage = {
  ok: false,
  title: "Nothing to see here",
  paragraphs: [
    "This address only takes the answer of a sign-in that is under way, and takes it once. If you came here to sign in, go back to the terminal and begin again.",
  ],
};

/** The page as HTML: no script, nothing from elsewhere, readable without colours and by a screen reader. */
export function callbackHtml({ ok, title, paragraphs }: CallbackPage): string {
  const text = paragraphs.map((paragraph) => `<p>${escapeHtml(paragraph)}</p>`).join("\n");
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1.125rem/1.6 system-ui, sans-serif; margin: 0; display: grid; min-height: 100vh; place-items: center; background: Canvas; color: CanvasText }
  main { max-width: 34rem; padding: 2rem }
  h1 { font-size: 1.6rem; line-height: 1.3; margin: 0 0 1rem }
  p { margin: 0 0 .75rem; overflow-wrap: anywhere }
  .mark { display: inline-grid; place-items: center; width: 2.5rem; height: 2.5rem; border-radius: 50%; border: 2px solid; font-weight: 700; margin-bottom: 1rem }
</style>
</head>
<body><main role="${ok ? "status" : "alert"}">
<div class="mark" aria-hidden="true">${ok ? "✓" : "!"}</div>
<h1>${escapeHtml(title)}</h1>
${text}
</main></body>
</html>
`;
}
