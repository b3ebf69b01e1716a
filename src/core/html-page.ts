import { createHash } from "node:crypto";
import { escapeHtml } from "./html.js";
import { pageStyle } from "./page-style.js";

/** A page as it goes out. Without its headers it is not to be sent: they keep anything foreign from running in it. */
export interface HtmlPage {
  readonly html: string;
  readonly headers: Readonly<Record<string, string>>;
}

/** What stands on a page. */
export interface PageContent {
  /** Plain text: what the browser's tab is called. */
  readonly title: string;
  /** Plain text: whose page it is. */
  readonly banner: string;
  /** HTML, with the page's one `h1`; whoever makes it escapes what comes from outside. */
  readonly main: string;
  /** Where the page's form leads, and may be redirected to, as sources of a policy; default: nowhere. */
  readonly formTargets?: readonly string[];
}

/**
 * A whole page: no script, nothing from elsewhere, and a policy under which neither would run if it got in.
 *
 * @see https://www.w3.org/TR/CSP3/
 */
export function htmlPage({ title, banner, main, formTargets = ["'none'"] }: PageContent): HtmlPage {
  const html = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<link rel="icon" href="data:,">
<style>${pageStyle}</style>
</head>
<body>
<header>${escapeHtml(banner)}</header>
<main>
${main}
</main>
</body>
</html>
`;
  return { html, headers: { ...fixedHeaders, "content-security-policy": policyFor(formTargets) } };
}

const fixedHeaders: Readonly<Record<string, string>> = {
  "content-type": "text/html; charset=utf-8",
  "cache-control": "no-store",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};

function policyFor(formTargets: readonly string[]): string {
  const style = `'sha256-${createHash("sha256").update(pageStyle).digest("base64")}'`;
  return [
    "default-src 'none'",
    "img-src data:",
    `style-src ${style}`,
    `form-action ${formTargets.join(" ")}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ].join("; ");
}
