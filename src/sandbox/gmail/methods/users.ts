import { gmailInvalid } from "../../api-error.js";
import { gmailScopes } from "../../oauth/scopes.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import { base, bodyOf, mailboxOf, readers, textIn, textsIn } from "./call.js";

/** The mailbox as a whole. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users */
export const userRoutes: readonly Route[] = [
  {
    name: "gmail.users.getProfile",
    method: "GET",
    path: `${base}/profile`,
    scopes: [...readers, gmailScopes.compose],
    handle: (call) => {
      const { address, messages, threadCount, history } = mailboxOf(call);
      return {
        json: {
          emailAddress: address,
          messagesTotal: messages.length,
          threadsTotal: threadCount,
          historyId: String(history.current),
        },
      };
    },
  },
  {
    name: "gmail.users.watch",
    method: "POST",
    path: `${base}/watch`,
    scopes: readers,
    handle: watch,
  },
  {
    name: "gmail.users.stop",
    method: "POST",
    path: `${base}/stop`,
    scopes: readers,
    handle: (call) => {
      call.world.watches.stop(mailboxOf(call), call.project);
      return {};
    },
  },
];

function watch(call: ApiCall): ApiReply {
  const mailbox = mailboxOf(call);
  const body = bodyOf(call);
  const topicName = textIn(body, "topicName") ?? "";
  if (
    !topicName.startsWith(`projects/${call.project}/topics/`) ||
    !/\/topics\/[A-Za-z][\w.~+%-]{2,254}$/.test(topicName)
  ) {
    throw gmailInvalid(`Invalid topicName does not match projects/${call.project}/topics/*`);
  }
  const labelIds = textsIn(body, "labelIds");
  for (const id of labelIds) if (!mailbox.labels.has(id)) throw gmailInvalid(`Invalid label: ${id}`);
  const behavior = textIn(body, "labelFilterBehavior") ?? textIn(body, "labelFilterAction") ?? "include";
  if (!/^(include|exclude)$/i.test(behavior)) {
    throw gmailInvalid(`Invalid value at 'label_filter_behavior': "${behavior}"`);
  }
  const options = { topicName, labelIds, include: behavior.toLowerCase() === "include" };
  const expiration = call.world.watches.start(mailbox, call.project, options);
  return { json: { historyId: String(mailbox.history.current), expiration: String(expiration) } };
}
