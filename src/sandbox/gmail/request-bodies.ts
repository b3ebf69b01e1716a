/** What a field of a message of Google's holds: a primitive, another message by its name, or several of these. */
export type FieldType = Primitive | `${Primitive}[]` | BodyTypeName | `${BodyTypeName}[]`;

type Primitive = "string" | "bytes" | "boolean" | "number" | "int64" | "uint64";

/** Names of Google's messages, as its clients have them after `Schema$`. */
export type BodyTypeName =
  | "AutoForwarding"
  | "BatchDeleteMessagesRequest"
  | "BatchModifyMessagesRequest"
  | "ClassificationLabelFieldValue"
  | "ClassificationLabelValue"
  | "Delegate"
  | "Draft"
  | "Filter"
  | "FilterAction"
  | "FilterCriteria"
  | "ForwardingAddress"
  | "ImapSettings"
  | "Label"
  | "LabelColor"
  | "LanguageSettings"
  | "Message"
  | "MessagePart"
  | "MessagePartBody"
  | "MessagePartHeader"
  | "ModifyMessageRequest"
  | "ModifyThreadRequest"
  | "PopSettings"
  | "SendAs"
  | "SmtpMsa"
  | "VacationSettings"
  | "WatchRequest";

/** What clients may send to Gmail. @see https://developers.google.com/workspace/gmail/api/reference/rest */
export const bodyTypes: Readonly<Record<BodyTypeName, Readonly<Record<string, FieldType>>>> = {
  AutoForwarding: { disposition: "string", emailAddress: "string", enabled: "boolean" },
  BatchDeleteMessagesRequest: { ids: "string[]" },
  BatchModifyMessagesRequest: {
    addClassificationLabels: "ClassificationLabelValue[]",
    addLabelIds: "string[]",
    ids: "string[]",
    removeClassificationLabelIds: "string[]",
    removeLabelIds: "string[]",
  },
  ClassificationLabelFieldValue: { fieldId: "string", selection: "string" },
  ClassificationLabelValue: { fields: "ClassificationLabelFieldValue[]", labelId: "string" },
  Delegate: { delegateEmail: "string", verificationStatus: "string" },
  Draft: { id: "string", message: "Message" },
  Filter: { action: "FilterAction", criteria: "FilterCriteria", id: "string" },
  FilterAction: { addLabelIds: "string[]", forward: "string", removeLabelIds: "string[]" },
  FilterCriteria: {
    excludeChats: "boolean",
    from: "string",
    hasAttachment: "boolean",
    negatedQuery: "string",
    query: "string",
    size: "number",
    sizeComparison: "string",
    subject: "string",
    to: "string",
  },
  ForwardingAddress: { forwardingEmail: "string", verificationStatus: "string" },
  ImapSettings: { autoExpunge: "boolean", enabled: "boolean", expungeBehavior: "string", maxFolderSize: "number" },
  Label: {
    color: "LabelColor",
    id: "string",
    labelListVisibility: "string",
    messageListVisibility: "string",
    messagesTotal: "number",
    messagesUnread: "number",
    name: "string",
    threadsTotal: "number",
    threadsUnread: "number",
    type: "string",
  },
  LabelColor: { backgroundColor: "string", textColor: "string" },
  LanguageSettings: { displayLanguage: "string" },
  Message: {
    classificationLabelValues: "ClassificationLabelValue[]",
    historyId: "uint64",
    id: "string",
    internalDate: "int64",
    labelIds: "string[]",
    payload: "MessagePart",
    raw: "bytes",
    sizeEstimate: "number",
    snippet: "string",
    threadId: "string",
  },
  MessagePart: {
    body: "MessagePartBody",
    filename: "string",
    headers: "MessagePartHeader[]",
    mimeType: "string",
    partId: "string",
    parts: "MessagePart[]",
  },
  MessagePartBody: { attachmentId: "string", data: "bytes", size: "number" },
  MessagePartHeader: { name: "string", value: "string" },
  ModifyMessageRequest: {
    addClassificationLabels: "ClassificationLabelValue[]",
    addLabelIds: "string[]",
    removeClassificationLabelIds: "string[]",
    removeLabelIds: "string[]",
  },
  ModifyThreadRequest: { addLabelIds: "string[]", removeLabelIds: "string[]" },
  PopSettings: { accessWindow: "string", disposition: "string" },
  SendAs: {
    displayName: "string",
    isDefault: "boolean",
    isPrimary: "boolean",
    replyToAddress: "string",
    sendAsEmail: "string",
    signature: "string",
    smtpMsa: "SmtpMsa",
    treatAsAlias: "boolean",
    verificationStatus: "string",
  },
  SmtpMsa: { host: "string", password: "string", port: "number", securityMode: "string", username: "string" },
  VacationSettings: {
    enableAutoReply: "boolean",
    endTime: "int64",
    responseBodyHtml: "string",
    responseBodyPlainText: "string",
    responseSubject: "string",
    restrictToContacts: "boolean",
    restrictToDomain: "boolean",
    startTime: "int64",
  },
  WatchRequest: {
    labelFilterAction: "string",
    labelFilterBehavior: "string",
    labelIds: "string[]",
    topicName: "string",
  },
};

/** A method's body: its type, and what errors call it; without a name they count from the body itself. */
export interface MethodBody {
  readonly type: BodyTypeName;
  readonly field: string;
}

/** By method, without `gmail.users.`; the others have no body. Unsure(google): what errors call bodies is not documented. */
export const methodBodies: Readonly<Record<string, MethodBody>> = {
  "drafts.create": { type: "Draft", field: "draft" },
  "drafts.send": { type: "Draft", field: "draft" },
  "drafts.update": { type: "Draft", field: "draft" },
  "labels.create": { type: "Label", field: "label" },
  "labels.patch": { type: "Label", field: "label" },
  "labels.update": { type: "Label", field: "label" },
  "messages.batchDelete": { type: "BatchDeleteMessagesRequest", field: "" },
  "messages.batchModify": { type: "BatchModifyMessagesRequest", field: "" },
  "messages.import": { type: "Message", field: "message" },
  "messages.insert": { type: "Message", field: "message" },
  "messages.modify": { type: "ModifyMessageRequest", field: "" },
  "messages.send": { type: "Message", field: "message" },
  "settings.delegates.create": { type: "Delegate", field: "delegate" },
  "settings.filters.create": { type: "Filter", field: "filter" },
  "settings.forwardingAddresses.create": { type: "ForwardingAddress", field: "forwarding_address" },
  "settings.sendAs.create": { type: "SendAs", field: "send_as" },
  "settings.sendAs.patch": { type: "SendAs", field: "send_as" },
  "settings.sendAs.update": { type: "SendAs", field: "send_as" },
  "settings.updateAutoForwarding": { type: "AutoForwarding", field: "auto_forwarding" },
  "settings.updateImap": { type: "ImapSettings", field: "imap_settings" },
  "settings.updateLanguage": { type: "LanguageSettings", field: "language_settings" },
  "settings.updatePop": { type: "PopSettings", field: "pop_settings" },
  "settings.updateVacation": { type: "VacationSettings", field: "vacation_settings" },
  "threads.modify": { type: "ModifyThreadRequest", field: "" },
  watch: { type: "WatchRequest", field: "" },
};
