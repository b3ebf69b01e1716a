import { escapeHtml } from "../../core/html.js";

/** What the consent page shows. */
export interface ConsentView {
  readonly users: readonly { readonly email: string; readonly name: string }[];
  /** Address of the account that is chosen at first. */
  readonly chosen: string | undefined;
  readonly scopes: readonly { readonly name: string; readonly description: string; readonly required: boolean }[];
  /** The request's own parameters, which the form sends along. */
  readonly hidden: readonly (readonly [string, string])[];
}

/** A plain page with an account to choose, a tick box for each permission, and two buttons. */
export function consentPage({ users, chosen, scopes, hidden }: ConsentView): string {
  const accounts = users.map(
    ({ email, name }) =>
      `<label><input type="radio" name="user" value="${escapeHtml(email)}"${email === chosen ? " checked" : ""} required> ${escapeHtml(name)} <small>${escapeHtml(email)}</small></label>`,
  );
  const boxes = scopes.map(({ name, description, required }) =>
    required
      ? `<p class="fixed">${escapeHtml(description)}</p>`
      : `<label><input type="checkbox" name="granted" value="${escapeHtml(name)}" checked> ${escapeHtml(description)}</label>`,
  );
  const fields = hidden.map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return page(
    "Sign in to the sandbox",
    `<p>This is a stand-in for Google on your own machine. No real account is touched.</p>
<form method="post">
${fields.join("\n")}
<fieldset><legend>Account</legend>${accounts.join("\n")}</fieldset>
<fieldset><legend>What the application may do</legend>${boxes.join("\n")}</fieldset>
<p><label for="duration">For how long</label>
<select id="duration" name="grant_seconds">
<option value="">Until I take it back</option>
<option value="3600">1 hour</option>
<option value="86400">1 day</option>
<option value="2592000">30 days</option>
</select></p>
<p><button name="decision" value="allow">Allow</button> <button name="decision" value="deny" formnovalidate>Cancel</button></p>
</form>`,
  );
}

/** The page that a person sees when a request cannot be trusted. */
export function errorPage(status: number, error: string, message: string): string {
  return page(
    `Error ${status}: ${error}`,
    `<p role="alert">${escapeHtml(message)}</p>\n<p>The application was told nothing. What it asked for stands in the address of this page.</p>`,
  );
}

function page(title: string, content: string): string {
  return `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${escapeHtml(title)}</title>
<style>
  :root { color-scheme: light dark }
  body { font: 1rem/1.6 system-ui, sans-serif; margin: 0 auto; max-width: 36rem; padding: 2rem 1rem; background: Canvas; color: CanvasText }
  h1 { font-size: 1.4rem }
  fieldset { border: 1px solid CanvasText; border-radius: .5rem; margin: 1rem 0; padding: .5rem 1rem }
  fieldset label, .fixed { display: flex; gap: .5rem; align-items: baseline; margin: .4rem 0 }
  .fixed::before { content: "\\2713"; width: 1.25rem; text-align: center; flex: none }
  button, select { font: inherit; padding: .5rem 1.2rem }
  button[value=allow] { font-weight: 600 }
  :focus-visible { outline: 3px solid Highlight; outline-offset: 2px }
</style>
</head>
<body><main><h1>${escapeHtml(title)}</h1>
${content}
</main></body>
</html>
`;
}
