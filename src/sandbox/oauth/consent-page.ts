import { escapeHtml } from "../../core/html.js";
import { htmlPage, type HtmlPage } from "../../core/html-page.js";

/** What the consent page shows. */
export interface ConsentView {
  /** Name of the project whose client asks. */
  readonly application: string;
  readonly users: readonly { readonly email: string; readonly name: string }[];
  /** Address of the account that is chosen at first. */
  readonly chosen: string | undefined;
  readonly scopes: readonly { readonly name: string; readonly description: string; readonly required: boolean }[];
  /** The request's own parameters, which the form sends along. */
  readonly hidden: readonly (readonly [string, string])[];
  /** Where the browser is sent with the answer. */
  readonly redirectUri: string;
}

const banner = "Sandbox: a stand-in for Google on your own machine. No real account is touched.";

/** A page with an account to choose, a tick box for each permission, for how long, and two buttons. */
export function consentPage({ application, users, chosen, scopes, hidden, redirectUri }: ConsentView): HtmlPage {
  const title = "Sign in to the sandbox";
  const fields = hidden.map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return htmlPage({
    title,
    banner,
    formTargets: ["'self'", redirectSource(redirectUri)],
    main: `<h1>${title}</h1>
<p><strong>${escapeHtml(application)}</strong> asks for access to an account. Untick what it is not to have.</p>
<form method="post">
${fields.join("\n")}
<fieldset><legend>Account</legend>
${users.map((user) => accountChoice(user, chosen)).join("\n")}
</fieldset>
<fieldset><legend>What the application may do</legend>
${scopes.map(scopeChoice).join("\n")}
</fieldset>
<p class="duration"><label class="title" for="duration">For how long</label>
<select id="duration" name="grant_seconds">
<option value="">Until I take it back</option>
<option value="3600">1 hour</option>
<option value="86400">1 day</option>
<option value="2592000">30 days</option>
</select></p>
<p class="buttons"><button name="decision" value="allow">Allow</button> <button name="decision" value="deny" formnovalidate>Cancel</button></p>
</form>`,
  });
}

/** The page that a person sees when a request cannot be trusted. */
export function errorPage(status: number, error: string, message: string): HtmlPage {
  const title = `Error ${status}: ${error}`;
  return htmlPage({
    title,
    banner,
    main: `<div class="mark bad" aria-hidden="true">!</div>
<h1>${escapeHtml(title)}</h1>
<p role="alert">${escapeHtml(message)}</p>
<p class="next">The application was told nothing. What it asked for stands in the address of this page.</p>`,
  });
}

function accountChoice({ email, name }: { email: string; name: string }, chosen: string | undefined): string {
  const checked = email === chosen ? " checked" : "";
  return `<label class="choice"><input type="radio" name="user" value="${escapeHtml(email)}"${checked} required> <span>${escapeHtml(name)} <small>${escapeHtml(email)}</small></span></label>`;
}

function scopeChoice({ name, description, required }: ConsentView["scopes"][number]): string {
  const text = `<span>${escapeHtml(description)}</span>`;
  if (required) return `<div class="choice"><span class="mark good" aria-hidden="true">✓</span> ${text}</div>`;
  return `<label class="choice"><input type="checkbox" name="granted" value="${escapeHtml(name)}" checked> ${text}</label>`;
}

/**
 * Where the form's answer is redirected to, which the policy of its page must allow. What is no plain host, such as an
 * address in brackets, cannot be said more exactly than by its scheme.
 */
function redirectSource(redirectUri: string): string {
  const { protocol, hostname, origin } = new URL(redirectUri);
  return /^[\w.-]+$/.test(hostname) && origin !== "null" ? origin : protocol;
}
