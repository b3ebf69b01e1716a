import { integrationError } from "../../core/errors.js";

/** What a person who leaves the setup is told. */
export function stopped(): Error {
  return integrationError("auth.consent_denied", {
    message: "The setup was stopped; nothing more was changed.",
    hint: "Run it again when you like: it goes on where you left it.",
    details: { stopped: true },
  });
}
