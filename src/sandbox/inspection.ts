import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import type { CalendarAccess } from "./calendar/calendars.js";
import { showEvent } from "./calendar/event-view.js";
import type { CalendarMail } from "./calendar/mails.js";
import type { PushNotification } from "./calendar/push-delivery.js";
import { userOf } from "./find-in-world.js";
import type { Mailbox } from "./gmail/mailbox.js";
import type { StoredMessage } from "./gmail/message.js";
import type { PublishedMessage } from "./gmail/watches.js";
import { showMessage } from "./gmail/message-view.js";
import type { World } from "./world.js";

/** What a sandbox holds, as that person's client would be shown it. */
export interface Inspection {
  messages(user: string): Record<string, unknown>[];
  message(user: string, id: string): Record<string, unknown> | undefined;
  /** What Gmail published to Pub/Sub topics that watch that person's mailbox, oldest first. */
  published(user: string): PublishedMessage[];
  /** What Calendar wrote to guests and organizers about events, oldest first. */
  calendarMails(): CalendarMail[];
  /** What Calendar posted to that person's channels, or would have posted, oldest first. */
  pushes(user: string): PushNotification[];
  events(user: string, calendarId?: string): Record<string, unknown>[];
  event(user: string, calendarId: string, eventId: string): Record<string, unknown> | undefined;
}

/** Looks into a world; what it gives is a copy. */
export function createInspection(world: World): Inspection {
  const { clock } = world;
  return {
    messages: (user) => {
      const { mailbox } = userOf(world, user);
      return mailbox.messages.map((message) => shown(mailbox, message, clock));
    },
    message: (user, id) => {
      const { mailbox } = userOf(world, user);
      const message = mailbox.find(id);
      return message && shown(mailbox, message, clock);
    },
    published: (user) => {
      const { email } = userOf(world, user);
      return world.watches.published.filter(({ data }) => data.emailAddress === email);
    },
    calendarMails: () => world.calendarMails.sent.map((mail) => ({ ...mail })),
    pushes: (user) => {
      const { email } = userOf(world, user);
      return world.channels.notifications.filter((push) => push.user === email).map((push) => ({ ...push }));
    },
    events: (user, calendarId) => {
      const access = accessOf(world, user, calendarId);
      return [...access.calendar.entries.values()].map((copy) => structuredClone(showEvent(copy, access)));
    },
    event: (user, calendarId, eventId) => {
      const access = accessOf(world, user, calendarId);
      const copy = access.calendar.entries.get(eventId);
      return copy && structuredClone(showEvent(copy, access));
    },
  };
}

function shown(mailbox: Mailbox, message: StoredMessage, clock: Clock): Record<string, unknown> {
  const view = showMessage(message, mailbox.read(message), "full", { metadataHeaders: [], now: clock.now() });
  return structuredClone(view);
}

function accessOf(world: World, user: string, calendarId = "primary"): CalendarAccess {
  const access = world.calendars.access(userOf(world, user).email, calendarId);
  if (!access) throw integrationError("request.not_found", { message: `${user} has no calendar "${calendarId}".` });
  return access;
}
