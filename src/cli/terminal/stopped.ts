import { integrationError } from "../../core/errors.js";

const goesOn = "Run it again when you like: it goes on where you left it.";

/** What a person who leaves the setup is told. @param hint - how it can be gone on with */
export function stopped(hint: string = goesOn): Error {
  return integrationError("auth.consent_denied", {
    message: "The setup was stopped; nothing more was changed.",
    hint,
    details: { stopped: true },
  });
}
