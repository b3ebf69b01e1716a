import { lazyClient } from "../../../core/lazy-client.js";
import { emailClientShape, type EmailClient } from "../../../email/client.js";
import type { IntegrationProvider } from "../../../provider.js";
import { defineProvider } from "../../define-provider.js";
import { googleSetup } from "../auth.js";

/** Gmail as an e-mail provider. @see https://developers.google.com/workspace/gmail/api/auth/scopes */
export const gmail: IntegrationProvider<EmailClient> = defineProvider({
  name: "google_gmail",
  kind: "email",
  aliases: ["gmail"],
  enableVariable: "GOOGLE_GMAIL_ENABLED",
  packages: ["postal-mime", "htmlparser2", "nodemailer", "temporal-polyfill"],
  capabilities: {
    read: true,
    search: true,
    threads: true,
    labels: true,
    importance: true,
    attachments: true,
    send: true,
    drafts: true,
    changes: "history",
    permanentDeletion: true,
  },
  setup: googleSetup({
    title: "Gmail",
    api: "gmail.googleapis.com",
    scopes: {
      read: ["https://www.googleapis.com/auth/gmail.readonly"],
      write: ["https://www.googleapis.com/auth/gmail.modify"],
      full: ["https://mail.google.com/"],
    },
  }),
  quirks: [
    "Gmail has labels instead of folders. Moving a mail to a folder puts that label on it and takes it out of inbox, spam and trash.",
    "Mails in the trash are deleted by Gmail after 30 days. Deleting at once needs access `full`, which Google's consent page calls all of Gmail.",
    "Dates in searches are turned into seconds in the profile's time zone: Gmail itself would read them as midnight in California.",
    "Spaces and slashes of a label's name are hyphens in Gmail's search language, so that inside of `OR` and `-` two labels that differ in that only are one.",
    "A person may use 6,000 units a minute (a mail read with its body costs 20), on projects made before May 2026 15,000 (5). Which of both holds is found out by one request once the smaller allowance is used up; what has to wait then waits by itself.",
    "How many requests may be under way at once Google does not say. It is learned from the first refusals and kept for the account as long as the process lives.",
    "Sending makes a draft and sends that, since Gmail sends a draft at most once; a draft may be left behind when making it was interrupted.",
    "Gmail puts another sender in the place of one that is no confirmed address of the account; such mails are refused here before they leave.",
    "What changed is remembered by Gmail for about a week, sometimes for hours only: then `getChanges` says `reset`.",
    "Labels cannot be put on drafts. Of many mails that are changed together each is tried by itself then.",
    "A mail takes 35 MB as it travels, which is a file of about 25 MB.",
  ],
  makeClient: (context) =>
    lazyClient(context, emailClientShape, async () => (await import("./client.js")).createGmailClient(context)),
  openAccessChecks: async (context) => (await import("./access-checks.js")).openGmailChecks(context),
});
