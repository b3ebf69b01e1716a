import { isIntegrationError } from "../core/errors.js";
import type { ProfileSummary } from "../credentials/types.js";
import type { CallbackPage } from "../oauth/callback-page.js";

const goBack = "You can close this tab and go back to the terminal.";

/**
 * What a person reads in the browser when a sign-in is through.
 *
 * @param title - the service's name as people know it, or the names of all that the sign-in is for
 */
export function endingPage(title: string, ending: { value: ProfileSummary } | { error: unknown }): CallbackPage {
  return "value" in ending ? connectedPage(title, ending.value) : failedPage(title, ending.error);
}

function connectedPage(title: string, { state, reason, account, userId }: ProfileSummary): CallbackPage {
  const who = `Signed in as ${account ?? "an account that the service did not name"}, for the profile "${userId}".`;
  if (state === "ready") return { ok: true, title: `Connected to ${title}`, paragraphs: [who], next: goBack };
  return {
    ok: false,
    title: state === "missing_scopes" ? "Signed in, but not everything was allowed" : `Not ready yet: ${title}`,
    paragraphs: [who, `What is missing: ${reason ?? state}.`],
    next: "Go back to the terminal, sign in again and tick every box on the consent page. You can close this tab.",
  };
}

function failedPage(title: string, error: unknown): CallbackPage {
  if (isIntegrationError(error, "auth.consent_denied")) {
    return {
      ok: false,
      title: "Access was not allowed",
      paragraphs: [`Nothing was connected to ${title}, and nothing was changed. Run the setup again if you want to.`],
      next: goBack,
    };
  }
  const known = isIntegrationError(error) ? error : undefined;
  return {
    ok: false,
    title: isIntegrationError(error, "auth.wrong_account") ? "That was another account" : `Not connected to ${title}`,
    paragraphs: known ? [known.message, known.hint] : ["Something went wrong; the terminal says what."],
    next: goBack,
  };
}
