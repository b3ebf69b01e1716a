import { integrationError } from "maigic-integrations";
import {
  readEventSpan,
  requireOptionalText,
  requireRange,
  requireRef,
  requireResponse,
  type CalendarAttendee,
  type EventRef,
  type InvitationResponse,
  type LooseMethods,
  type RespondOptions,
  type UpdateResult,
  type WritePreview,
} from "maigic-integrations/calendar";
import { findTarget, type Target } from "./plans.js";
import type { MemoryService } from "./service.js";
import { finish, requireWritable } from "./writing.js";

/** How the account answers invitations. */
export function memoryAttendee(service: MemoryService): CalendarAttendee {
  const { calls, account } = service;
  const methods = {
    respondToInvitation: (ref, response, options = {}) =>
      calls.run("respondToInvitation", options, () =>
        answer(service, requireRef(ref), requireResponse(response), options),
      ),
    suggestReschedule: (ref, proposed, message, options = {}) =>
      calls.run("suggestReschedule", options, async () => {
        const { start, end } = readEventSpan(account.time, requireRange(proposed), proposed.timeZone ?? service.zone);
        const said = requireOptionalText(message, "message");
        const times = `${start.date ?? start.dateTime} to ${end.date ?? end.dateTime}`;
        const text = [`Could we meet ${times}?`, ...(said === undefined ? [] : [said])].join(" ");
        const done = await answer(service, requireRef(ref), { status: "tentative" }, options, text);
        return "event" in done ? { ...done, delivery: { how: "proposal", text } } : done;
      }),
  } satisfies LooseMethods<CalendarAttendee>;
  return methods as CalendarAttendee; // whether a preview comes back, the options decide
}

async function answer(
  service: MemoryService,
  ref: EventRef,
  response: InvitationResponse,
  { scope, ...options }: RespondOptions,
  proposal = "",
): Promise<UpdateResult | WritePreview> {
  requireWritable(service);
  const { address, store, interlude } = service.account;
  for (;;) {
    const { series } = await service.find(ref);
    const { stored, calendarId } = await findTarget(service, ref, series ? scope : "all");
    requireInvited(service, { stored, calendarId });
    const occurrences = (await service.dates(stored)).length;
    if (options.dryRun !== true) await interlude();
    if (!store.isCurrent(stored)) continue;
    const { status, comment } = response;
    const own = { response: status, ...(comment !== undefined && { comment }) };
    const guests = stored.guests.map((guest) => (guest.email === address ? { ...guest, ...own } : guest));
    const after = { ...stored, guests };
    const plan = { calendarId, before: stored, after, writes: new Map([[after.id, after]]), occurrences };
    const organizer = store.ownerOf(stored.calendarId);
    const recipients = organizer === address ? [] : [organizer];
    return finish(service, plan, { options, recipients, message: `${address}: ${status}. ${proposal}` });
  }
}

function requireInvited(
  { account: { address, store } }: MemoryService,
  { stored, calendarId }: Pick<Target, "stored" | "calendarId">,
): void {
  const isOwn = store.access(calendarId, address).role === "owner";
  if (isOwn && stored.guests.some(({ email }) => email === address)) return;
  throw integrationError("request.not_invited");
}
