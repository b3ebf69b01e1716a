import { integrationError } from "../core/errors.js";
import { createHttp, type Http } from "../core/http.js";

/** What a person answers on the consent page. */
export interface ConsentAnswer {
  /** Address of the account. */
  readonly user: string;
  /** The permissions that stay ticked; default: all that are asked for. */
  readonly scopes?: readonly string[] | undefined;
  readonly deny?: boolean | undefined;
  /** For how long it is allowed, in seconds; default: without an end. */
  readonly grantSeconds?: number | undefined;
}

/**
 * Plays browser and person: the page is read, its hidden fields and the person's choices are sent.
 *
 * @returns where the browser would be sent to
 * @throws RequestError `request.invalid` when the page shows an error instead
 */
export async function approveConsent(authorizationUrl: string, answer: ConsentAnswer): Promise<string> {
  const browser = createHttp();
  try {
    return await playConsent(browser, new URL(authorizationUrl), answer);
  } finally {
    await browser.close();
  }
}

async function playConsent(
  browser: Http,
  url: URL,
  { user, scopes, deny, grantSeconds }: ConsentAnswer,
): Promise<string> {
  const page = await browser.send({ method: "GET", url });
  const silently = page.headers["location"];
  if (silently !== undefined) return silently; // prompt=none shows no page
  const content = await page.text();
  if (page.status !== 200) {
    throw integrationError("request.invalid", {
      message: `The consent page answered ${page.status}: ${/<h1>([^<]*)/.exec(content)?.[1] ?? ""}`,
      hint: "Look at the address: client, redirect address and scopes must be what the sandbox knows.",
    });
  }
  const form = new URLSearchParams(url.searchParams);
  const asked = (form.get("scope") ?? "").split(" ").filter(Boolean);
  for (const scope of scopes ?? asked) form.append("granted", scope);
  form.set("user", user);
  if (grantSeconds !== undefined) form.set("grant_seconds", String(grantSeconds));
  form.set("decision", deny ? "deny" : "allow");
  const answer = await browser.send({
    method: "POST",
    url: new URL(url.pathname, url),
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: form.toString(),
  });
  const location = answer.headers["location"];
  if (location !== undefined) return location;
  throw integrationError("request.invalid", { message: `The consent page answered ${answer.status} to its form.` });
}
