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
  makeClient: (context) =>
    lazyClient(context, emailClientShape, async () => (await import("./client.js")).createGmailClient(context)),
});
