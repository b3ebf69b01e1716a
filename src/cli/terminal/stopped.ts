import { integrationError } from "../../core/errors.js";

const goesOn = "Run it again when you like: it goes on where you left it.";

/** What a person who leaves the setup is told. @param hint - how it can be gone on with */
export function stopped(hint: string = goesOn): Error {
  return left("The setup was stopped; nothing more was changed.", hint);
}

/** What a person is told who answers with no whether something is to be removed. */
export function notRemoved(): Error {
  return left("Nothing was removed.", "Run it again if you want to.");
}

function left(message: string, hint: string): Error {
  return integrationError("auth.consent_denied", { message, hint, details: { stopped: true } });
}
