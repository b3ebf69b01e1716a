import { createCalendarCalls, type CalendarOperation } from "../../../calendar/calls.js";
import type {
  CalendarAttendee,
  CalendarClient,
  CalendarOrganizer,
  CalendarPlanner,
  CalendarReader,
} from "../../../calendar/client.js";
import {
  requireAvailabilityQuery,
  requireCalendarId,
  requireChanges,
  requireEventInput,
  requireEventInputs,
  requireEventOrInput,
  requireEventSearch,
  requireOptionalText,
  requirePeople,
  requireRange,
  requireRef,
  requireResponse,
  requireUpdates,
} from "../../../calendar/inputs.js";
import type { Calls } from "../../../core/call.js";
import type { Deadline } from "../../../core/deadline.js";
import type { LooseMethods } from "../../../core/loose-methods.js";
import { Mutex } from "../../../core/mutex.js";
import { loadZonedTime } from "../../../core/zoned-time.js";
import type { ProviderContext } from "../../../provider.js";
import { openGoogleApi } from "../http.js";
import { calendarApi } from "./api.js";
import { calendarFacts, type Calendars } from "./calendars.js";

/** A Google account's calendars as a `CalendarClient`. The code of its operations is loaded when they are called. */
export async function createGoogleCalendarClient(context: ProviderContext): Promise<CalendarClient> {
  const { service, userId } = context;
  const calls = createCalendarCalls(context);
  // What most programs do first is loaded beside what the calendars are opened with.
  const [calendars] = await Promise.all([openCalendars(context, calls.shared), import("./events.js")]);
  const close = async (): Promise<void> => {
    calls.end();
    await calendars.api.close();
  };
  return {
    service,
    userId,
    close,
    [Symbol.asyncDispose]: close,
    connect: (options = {}) =>
      calls.run("connect", options, async (deadline) => {
        await calendars.facts("primary", deadline);
      }),
    ...reader(calendars, calls),
    ...planner(calendars, calls),
    ...organizer(calendars, calls),
    ...attendee(calendars, calls),
  };
}

function reader(calendars: Calendars, calls: Calls<CalendarOperation>): CalendarReader {
  return {
    getEvents: (range, options = {}) =>
      calls.run("getEvents", options, async (deadline) =>
        (await import("./events.js")).getEvents(calendars, requireRange(range), options, deadline),
      ),
    listEvents: (range, options = {}) =>
      calls.run("listEvents", options, async (deadline) =>
        (await import("./events.js")).listEvents(calendars, requireRange(range), options, deadline),
      ),
    getEvent: (ref, options = {}) =>
      calls.run("getEvent", options, async (deadline) =>
        (await import("./events.js")).getEvent(calendars, requireRef(ref), options, deadline),
      ),
    findEventByUid: (iCalUid, options = {}) =>
      calls.run("findEventByUid", options, async (deadline) =>
        (await import("./searching.js")).findEventByUid(calendars, requireCalendarId(iCalUid), options, deadline),
      ),
    searchEvents: (query, options = {}) =>
      calls.run("searchEvents", options, async (deadline) =>
        (await import("./searching.js")).searchEvents(calendars, requireEventSearch(query), options, deadline),
      ),
    getOccurrences: (ref, range, options = {}) =>
      calls.run("getOccurrences", options, async (deadline) => {
        const { getOccurrences } = await import("./occurrences.js");
        return getOccurrences(calendars, requireRef(ref), requireRange(range), options, deadline);
      }),
    getCalendars: (options = {}) =>
      calls.run("getCalendars", options, async (deadline) =>
        (await import("./calendars.js")).getCalendars(calendars, deadline),
      ),
    getEventPermissions: (ref, options = {}) =>
      calls.run("getEventPermissions", options, async (deadline) =>
        (await import("./permissions.js")).getEventPermissions(calendars, requireRef(ref), deadline),
      ),
    getPendingInvitations: (range, options = {}) =>
      calls.run("getPendingInvitations", options, async (deadline) => {
        const { getPendingInvitations } = await import("./invitations.js");
        return getPendingInvitations(calendars, range && requireRange(range), options, deadline);
      }),
    getChanges: (cursor, options = {}) =>
      calls.run("getChanges", options, async (deadline) =>
        (await import("./following.js")).getChanges(calendars, cursor, options, deadline),
      ),
  };
}

function planner(calendars: Calendars, calls: Calls<CalendarOperation>): CalendarPlanner {
  return {
    getFreeBusy: (range, who, options = {}) =>
      calls.run("getFreeBusy", options, async (deadline) =>
        (await import("./free-busy.js")).getFreeBusy(calendars, requireRange(range), requirePeople(who), deadline),
      ),
    findAvailableSlots: (query, options = {}) =>
      calls.run("findAvailableSlots", options, async (deadline) =>
        (await import("./planning.js")).findAvailableSlots(calendars, requireAvailabilityQuery(query), deadline),
      ),
    explainAvailability: (query, options = {}) =>
      calls.run("explainAvailability", options, async (deadline) =>
        (await import("./planning.js")).explainAvailability(calendars, requireAvailabilityQuery(query), deadline),
      ),
    findConflicts: (event, options = {}) =>
      calls.run("findConflicts", options, async (deadline) =>
        (await import("./conflicts.js")).findConflicts(calendars, requireEventOrInput(event), options, deadline),
      ),
  };
}

function organizer(calendars: Calendars, calls: Calls<CalendarOperation>): CalendarOrganizer {
  const methods = {
    createMyEvent: (event, options = {}) =>
      calls.run("createMyEvent", options, async (deadline) =>
        (await import("./create-event.js")).createMyEvent(calendars, requireEventInput(event), options, deadline),
      ),
    updateMyEvent: (ref, changes, options = {}) =>
      calls.run("updateMyEvent", options, async (deadline) => {
        const { updateMyEvent } = await import("./update-event.js");
        return updateMyEvent(calendars, requireRef(ref), requireChanges(changes), options, deadline);
      }),
    deleteMyEvent: (ref, options = {}) =>
      calls.run("deleteMyEvent", options, async (deadline) =>
        (await import("./delete-event.js")).deleteMyEvent(calendars, requireRef(ref), options, deadline),
      ),
    moveMyEvent: (ref, toCalendarId, options = {}) =>
      calls.run("moveMyEvent", options, async (deadline) => {
        const { moveMyEvent } = await import("./move-event.js");
        return moveMyEvent(calendars, requireRef(ref), requireCalendarId(toCalendarId), options, deadline);
      }),
    batchCreateEvents: (events, options = {}) =>
      calls.run("batchCreateEvents", options, async (deadline) =>
        (await import("./batch.js")).batchCreateEvents(calendars, requireEventInputs(events), options, deadline),
      ),
    batchUpdateEvents: (updates, options = {}) =>
      calls.run("batchUpdateEvents", options, async (deadline) =>
        (await import("./batch.js")).batchUpdateEvents(calendars, requireUpdates(updates), options, deadline),
      ),
  } satisfies LooseMethods<CalendarOrganizer>;
  return methods as CalendarOrganizer; // whether a preview comes back, the options decide
}

function attendee(calendars: Calendars, calls: Calls<CalendarOperation>): CalendarAttendee {
  const methods = {
    respondToInvitation: (ref, response, options = {}) =>
      calls.run("respondToInvitation", options, async (deadline) => {
        const { respondToInvitation } = await import("./respond.js");
        return respondToInvitation(calendars, requireRef(ref), requireResponse(response), options, deadline);
      }),
    suggestReschedule: (ref, proposed, message, options = {}) =>
      calls.run("suggestReschedule", options, async (deadline) => {
        const { suggestReschedule } = await import("./respond.js");
        const proposal = { range: requireRange(proposed), message: requireOptionalText(message, "message") };
        return suggestReschedule(calendars, requireRef(ref), proposal, options, deadline);
      }),
  } satisfies LooseMethods<CalendarAttendee>;
  return methods as CalendarAttendee; // whether a preview comes back, the options decide
}

async function openCalendars(context: ProviderContext, shared: Deadline): Promise<Calendars> {
  const { service, userId, credentials, clock, config, access } = context;
  const [time, record] = await Promise.all([loadZonedTime(clock), credentials.getCredentials(service, userId)]);
  const api = openGoogleApi(context, { ...calendarApi, account: record?.account });
  const facts = calendarFacts(api);
  const profileZone = record?.userTimezone;
  return {
    api,
    clock,
    time,
    access: access ?? (record?.readOnly === true ? "read" : undefined),
    account: record?.account,
    facts,
    shared,
    turns: new Mutex(),
    timeZone: async (deadline, calendarId = "primary") =>
      profileZone ??
      (await facts(calendarId, deadline))?.timeZone ??
      (await facts("primary", deadline))?.timeZone ??
      "UTC",
    cursorScope: [
      service,
      context.endpoints ?? calendarApi.origin,
      config.credentialsDir,
      userId,
      record?.account ?? "",
    ],
  };
}
