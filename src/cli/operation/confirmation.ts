import { integrationError } from "../../core/errors.js";
import type { WritePreview } from "../../core/write-preview.js";

/** Whether somebody should see what a write would do before it is done. */
export function needsConfirmation({ recipients, notified, reversible }: WritePreview): boolean {
  return recipients.length > 0 || notified.length > 0 || !reversible;
}

/** @throws ConfigurationError `config.missing_variable` naming `--yes`: nobody is there to ask */
export function nobodyToAsk(preview: WritePreview): Error {
  return integrationError("config.missing_variable", {
    message: "This needs a yes, and nobody is there to be asked; nothing was changed.",
    hint: "Look at what would be done with --dry-run, then add --yes.",
    details: { flag: "--yes", preview },
  });
}
