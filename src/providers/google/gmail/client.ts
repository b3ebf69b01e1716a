import { createCalls } from "../../../core/call.js";
import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { machineTimeZone } from "../../../core/zoned-time.js";
import type { EmailClient } from "../../../email/client.js";
import { emailOptions } from "../../../email/inputs.js";
import { loadHeaderReader } from "../../../email/mime/headers.js";
import type { ProviderContext } from "../../../provider.js";
import { openGoogleApi } from "../http.js";
import { readAccountInfo } from "./account-info.js";
import { openAttachment } from "./attachments.js";
import { createLabelNames } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import { readMessage } from "./messages.js";
import { getEmails, getRecentEmails, iterateEmails, searchEmails } from "./reading.js";
import { profile } from "./wire.js";

const origin = "https://gmail.googleapis.com";

/** A Gmail mailbox as an `EmailClient`. */
export async function createGmailClient(context: ProviderContext): Promise<EmailClient> {
  const { service, userId } = context;
  const calls = createCalls({ ...context, options: emailOptions });
  const mailbox = await openMailbox(context, calls.shared);
  const close = async (): Promise<void> => {
    calls.end();
    await mailbox.api.close();
  };
  return {
    service,
    userId,
    close,
    [Symbol.asyncDispose]: close,
    connect: (options = {}) =>
      calls.run("connect", options, async (deadline) => {
        await mailbox.api.call({ path: "/profile", answer: profile }, deadline);
      }),
    getRecentEmails: (options = {}) =>
      calls.run("getRecentEmails", options, (deadline) => getRecentEmails(mailbox, options, deadline)),
    getEmails: (options = {}) => calls.run("getEmails", options, (deadline) => getEmails(mailbox, options, deadline)),
    searchEmails: (query, options = {}) =>
      calls.run("searchEmails", options, (deadline) => searchEmails(mailbox, query, options, deadline)),
    iterateEmails: (query, options = {}) =>
      calls.stream("iterateEmails", options, (deadline) => iterateEmails(mailbox, query, options, deadline)),
    getEmail: (id, options = {}) =>
      calls.run("getEmail", options, (deadline) =>
        readMessage(mailbox, requireId(id), options.includeBody ?? true, deadline),
      ),
    getAccountInfo: (options = {}) =>
      calls.run("getAccountInfo", options, (deadline) => readAccountInfo(mailbox, deadline)),
    downloadAttachment: (messageId, attachmentId, options = {}) =>
      calls.run("downloadAttachment", options, (deadline) =>
        openAttachment(mailbox, requireId(messageId), attachmentId, deadline),
      ),
  };
}

async function openMailbox(context: ProviderContext, shared: Deadline): Promise<Mailbox> {
  const { service, userId, credentials, clock, config } = context;
  const record = await credentials.getCredentials(service, userId);
  const api = openGoogleApi(context, origin, "/gmail/v1/users/me");
  return {
    api,
    clock,
    headers: loadHeaderReader,
    labels: createLabelNames(api, shared),
    timeZone: record?.userTimezone ?? machineTimeZone(),
    cursorScope: [service, context.endpoints ?? origin, config.credentialsDir, userId, record?.account ?? ""],
  };
}

function requireId(id: unknown): string {
  if (typeof id === "string" && /^[\w-]{1,200}$/.test(id)) return id;
  throw integrationError("request.invalid", {
    message: "That is not the id of a mail.",
    hint: "Use the id of a mail that one of the reading methods returned.",
  });
}
