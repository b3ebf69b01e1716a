import type { AnswerFields } from "../answer-fields.js";

/** The fields that Calendar's answers may have. @see https://developers.google.com/workspace/calendar/api/v3/reference */
export const calendarAnswers: AnswerFields = {
  prefix: "calendar.",
  methods: {
    Acl: "acl.list",
    AclRule: "acl.get acl.insert acl.patch acl.update",
    Calendar: "calendars.get calendars.insert calendars.patch calendars.update",
    CalendarList: "calendarList.list",
    CalendarListEntry: "calendarList.get calendarList.insert calendarList.patch calendarList.update",
    Channel: "calendarList.watch acl.watch events.watch settings.watch",
    Colors: "colors.get",
    Event: "events.get events.insert events.import events.quickAdd events.update events.patch events.move",
    Events: "events.list events.instances",
    FreeBusyResponse: "freebusy.query",
    Setting: "settings.get",
    Settings: "settings.list",
  },
  types: `
    Acl = etag items:AclRule kind nextPageToken nextSyncToken
    AclRule = etag id kind role scope:AclRule.scope
    AclRule.scope = type value
    Calendar = autoAcceptInvitations conferenceProperties:ConferenceProperties dataOwner description etag id kind
      labelProperties:LabelProperties location summary timeZone
    CalendarList = etag items:CalendarListEntry kind nextPageToken nextSyncToken
    CalendarListEntry = accessRole autoAcceptInvitations backgroundColor colorId
      conferenceProperties:ConferenceProperties dataOwner defaultReminders:EventReminder deleted description etag
      foregroundColor hidden id kind location notificationSettings:CalendarListEntry.notificationSettings primary
      selected summary summaryOverride timeZone
    CalendarListEntry.notificationSettings = notifications:CalendarNotification
    CalendarNotification = method type
    Channel = address expiration id kind params:Channel.params payload resourceId resourceUri token type
    Channel.params = *
    ColorDefinition = background foreground
    Colors = calendar:Colors.calendar event:Colors.event kind updated
    Colors.calendar = *:ColorDefinition
    Colors.event = *:ColorDefinition
    ConferenceData = conferenceId conferenceSolution:ConferenceSolution createRequest:CreateConferenceRequest
      entryPoints:EntryPoint notes parameters:ConferenceParameters signature
    ConferenceParameters = addOnParameters:ConferenceParametersAddOnParameters
    ConferenceParametersAddOnParameters = parameters:ConferenceParametersAddOnParameters.parameters
    ConferenceParametersAddOnParameters.parameters = *
    ConferenceProperties = allowedConferenceSolutionTypes
    ConferenceRequestStatus = statusCode
    ConferenceSolution = iconUri key:ConferenceSolutionKey name
    ConferenceSolutionKey = type
    CreateConferenceRequest = conferenceSolutionKey:ConferenceSolutionKey requestId status:ConferenceRequestStatus
    EntryPoint = accessCode entryPointFeatures entryPointType label meetingCode passcode password pin regionCode
      uri
    Error = domain reason
    Event = anyoneCanAddSelf attachments:EventAttachment attendees:EventAttendee attendeesOmitted
      birthdayProperties:EventBirthdayProperties colorId conferenceData:ConferenceData created
      creator:Event.creator description end:EventDateTime endTimeUnspecified etag eventLabelId eventType
      extendedProperties:Event.extendedProperties focusTimeProperties:EventFocusTimeProperties gadget:Event.gadget
      guestsCanInviteOthers guestsCanModify guestsCanSeeOtherGuests hangoutLink htmlLink iCalUID id kind location
      locked organizer:Event.organizer originalStartTime:EventDateTime
      outOfOfficeProperties:EventOutOfOfficeProperties privateCopy recurrence recurringEventId
      reminders:Event.reminders sequence source:Event.source start:EventDateTime status summary transparency
      updated visibility workingLocationProperties:EventWorkingLocationProperties
    Event.creator = displayName email id self
    Event.extendedProperties = private:Event.extendedProperties.private shared:Event.extendedProperties.shared
    Event.extendedProperties.private = *
    Event.extendedProperties.shared = *
    Event.gadget = display height iconLink link preferences:Event.gadget.preferences title type width
    Event.gadget.preferences = *
    Event.organizer = displayName email id self
    Event.reminders = overrides:EventReminder useDefault
    Event.source = title url
    EventAttachment = fileId fileUrl iconLink mimeType title
    EventAttendee = additionalGuests asyncOperation comment displayName email id optional organizer resource
      responseStatus self
    EventBirthdayProperties = contact customTypeName type
    EventDateTime = date dateTime timeZone
    EventFocusTimeProperties = autoDeclineMode chatStatus declineMessage
    EventLabel = backgroundColor id name
    EventOutOfOfficeProperties = autoDeclineMode declineMessage
    EventReminder = method minutes
    EventWorkingLocationProperties = customLocation:EventWorkingLocationProperties.customLocation homeOffice
      officeLocation:EventWorkingLocationProperties.officeLocation type
    EventWorkingLocationProperties.customLocation = label
    EventWorkingLocationProperties.officeLocation = buildingId deskId floorId floorSectionId label
    Events = accessRole defaultReminders:EventReminder description etag items:Event kind nextPageToken
      nextSyncToken summary timeZone updated
    FreeBusyCalendar = busy:TimePeriod errors:Error
    FreeBusyGroup = calendars errors:Error
    FreeBusyResponse = calendars:FreeBusyResponse.calendars groups:FreeBusyResponse.groups kind timeMax timeMin
    FreeBusyResponse.calendars = *:FreeBusyCalendar
    FreeBusyResponse.groups = *:FreeBusyGroup
    LabelProperties = eventLabels:EventLabel
    Setting = etag id kind value
    Settings = etag items:Setting kind nextPageToken nextSyncToken
    TimePeriod = end start
  `,
};
