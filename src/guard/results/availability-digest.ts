import type { AvailableSlot, DayAvailability, FreeBusy, SlotPerson } from "../../calendar/availability-models.js";
import type { DigestContext } from "./digest-context.js";
import type { Item } from "./digest.js";
import { dayOf, type LocalTimes } from "./local-times.js";
import { itemOf, looksLikeId } from "./trust.js";

/** When somebody is busy: an item for each day. */
export function busyDays({ who, status, busy, reason }: FreeBusy, { times }: DigestContext): Item[] {
  const { named, unclear } = whoOf(who);
  const days = new Map<string, string[]>();
  for (const { start, end } of busy) {
    const span = times.span(start, end);
    if (span === undefined) continue;
    const day = dayOf(span);
    days.set(day, [...(days.get(day) ?? []), span.slice(day.length + 1)]);
  }
  const known = status === "known" ? undefined : itemOf({ who: named, status }, { who: unclear, reason });
  const taken = [...days].map(([day, spans]) => itemOf({ who: named, day, busy: spans }, { who: unclear }));
  if (taken.length === 0 && !known) return [itemOf({ who: named, free: "all of the time" }, { who: unclear })];
  return known ? [known, ...taken] : taken;
}

/** A time that suits all who are required. */
export function listedSlot(slot: AvailableSlot, { times }: DigestContext): Item {
  const { start, end, score, confidence, reasons, people } = slot;
  const isSafe = (reason: string): boolean => safeReason.test(reason) && !reason.includes("unknown:");
  const others = people.filter(({ state, local }) => state !== "free" || local.timeZone !== times.timeZone);
  return itemOf(
    {
      ...{
        when: times.span(start.dateTime, end.dateTime),
        score,
        confidence: confidence === 1 ? undefined : confidence,
      },
      people: others.filter(({ email }) => looksLikeId(email)).map((person) => shownState(person, times)),
      reasons: reasons.filter(isSafe),
    },
    {
      people: others
        .filter(({ email }) => !looksLikeId(email))
        .map((person) => shownState(person, times))
        .join(", "),
      reasons: reasons.filter((reason) => !isSafe(reason)).join(" "),
    },
  );
}

/** A sentence of this package about people as they were asked for, with nothing that a service said. */
const safeReason = /^[\w .,@:+'-]{1,400}$/;

/** Why a day has the slots that it has. */
export function listedDay({ day, slots, obstacles }: DayAvailability, { times }: DigestContext): Item {
  const shown = obstacles.map(({ kind, email, starts }) => `${starts} starts: ${kind}${safeEmail(email)}`);
  return itemOf({ day: times.eventTime(day), slots, obstacles: shown });
}

function safeEmail(email: string | undefined): string {
  if (email === undefined) return "";
  return looksLikeId(email) ? ` (${email})` : " (somebody)";
}

/** What somebody does then, with the time on clocks elsewhere. */
function shownState({ email, optional, state, local }: SlotPerson, { timeZone }: LocalTimes): string {
  const clock = local.dateTime.slice("2026-11-30T".length, "2026-11-30T09:00".length);
  const elsewhere = local.timeZone === timeZone ? "" : `, ${clock} ${local.timeZone}`;
  return `${email}${optional ? " (optional)" : ""} ${state}${elsewhere}`;
}

function whoOf(who: string): { named: string | undefined; unclear: string | undefined } {
  return looksLikeId(who) ? { named: who, unclear: undefined } : { named: undefined, unclear: who };
}
