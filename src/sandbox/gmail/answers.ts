import type { AnswerFields } from "../answer-fields.js";

/** The fields that Gmail's answers may have. @see https://developers.google.com/workspace/gmail/api/reference/rest */
export const gmailAnswers: AnswerFields = {
  prefix: "gmail.users.",
  methods: {
    AutoForwarding: "settings.getAutoForwarding settings.updateAutoForwarding",
    Delegate: "settings.delegates.get settings.delegates.create",
    Draft: "drafts.get drafts.create drafts.update",
    Filter: "settings.filters.get settings.filters.create",
    ForwardingAddress: "settings.forwardingAddresses.get settings.forwardingAddresses.create",
    ImapSettings: "settings.getImap settings.updateImap",
    Label: "labels.get labels.create labels.update labels.patch",
    LanguageSettings: "settings.getLanguage settings.updateLanguage",
    ListDelegatesResponse: "settings.delegates.list",
    ListDraftsResponse: "drafts.list",
    ListFiltersResponse: "settings.filters.list",
    ListForwardingAddressesResponse: "settings.forwardingAddresses.list",
    ListHistoryResponse: "history.list",
    ListLabelsResponse: "labels.list",
    ListMessagesResponse: "messages.list",
    ListSendAsResponse: "settings.sendAs.list",
    ListThreadsResponse: "threads.list",
    Message:
      "messages.get messages.send messages.insert messages.import messages.modify messages.trash messages.untrash drafts.send",
    MessagePartBody: "messages.attachments.get",
    PopSettings: "settings.getPop settings.updatePop",
    Profile: "getProfile",
    SendAs: "settings.sendAs.get settings.sendAs.create settings.sendAs.patch settings.sendAs.update",
    Thread: "threads.get threads.modify threads.trash threads.untrash",
    VacationSettings: "settings.getVacation settings.updateVacation",
    WatchResponse: "watch",
  },
  types: `
    AutoForwarding = disposition emailAddress enabled
    ClassificationLabelFieldValue = fieldId selection
    ClassificationLabelValue = fields:ClassificationLabelFieldValue labelId
    Delegate = delegateEmail verificationStatus
    Draft = id message:Message
    Filter = action:FilterAction criteria:FilterCriteria id
    FilterAction = addLabelIds forward removeLabelIds
    FilterCriteria = excludeChats from hasAttachment negatedQuery query size sizeComparison subject to
    ForwardingAddress = forwardingEmail verificationStatus
    History = id labelsAdded:HistoryLabelAdded labelsRemoved:HistoryLabelRemoved messages:Message
      messagesAdded:HistoryMessageAdded messagesDeleted:HistoryMessageDeleted
    HistoryLabelAdded = labelIds message:Message
    HistoryLabelRemoved = labelIds message:Message
    HistoryMessageAdded = message:Message
    HistoryMessageDeleted = message:Message
    ImapSettings = autoExpunge enabled expungeBehavior maxFolderSize
    Label = color:LabelColor id labelListVisibility messageListVisibility messagesTotal messagesUnread name
      threadsTotal threadsUnread type
    LabelColor = backgroundColor textColor
    LanguageSettings = displayLanguage
    ListDelegatesResponse = delegates:Delegate
    ListDraftsResponse = drafts:Draft nextPageToken resultSizeEstimate
    ListFiltersResponse = filter:Filter
    ListForwardingAddressesResponse = forwardingAddresses:ForwardingAddress
    ListHistoryResponse = history:History historyId nextPageToken
    ListLabelsResponse = labels:Label
    ListMessagesResponse = messages:Message nextPageToken resultSizeEstimate
    ListSendAsResponse = sendAs:SendAs
    ListThreadsResponse = nextPageToken resultSizeEstimate threads:Thread
    Message = classificationLabelValues:ClassificationLabelValue historyId id internalDate labelIds
      payload:MessagePart raw sizeEstimate snippet threadId
    MessagePart = body:MessagePartBody filename headers:MessagePartHeader mimeType partId parts:MessagePart
    MessagePartBody = attachmentId data size
    MessagePartHeader = name value
    PopSettings = accessWindow disposition
    Profile = emailAddress historyId messagesTotal threadsTotal
    SendAs = displayName isDefault isPrimary replyToAddress sendAsEmail signature smtpMsa:SmtpMsa treatAsAlias
      verificationStatus
    SmtpMsa = host password port securityMode username
    Thread = historyId id messages:Message snippet
    VacationSettings = enableAutoReply endTime responseBodyHtml responseBodyPlainText responseSubject
      restrictToContacts restrictToDomain startTime
    WatchResponse = expiration historyId
  `,
};
