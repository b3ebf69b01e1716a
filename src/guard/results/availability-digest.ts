import type { AvailableSlot, DayAvailability, FreeBusy, SlotPerson } from "../../calendar/availability-models.js";
import type { DigestContext } from "./digest-context.js";
import type { Digest, Item } from "./digest.js";
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

/** Times that suit all who are required; what speaks for each of them alike is said once. */
export function slotList(slots: readonly AvailableSlot[], context: DigestContext): Digest {
  const [first, ...others] = slots;
  const all = others.length === 0 ? [] : (first?.reasons ?? []);
  const forAll = all.filter((reason) => isSafe(reason) && others.every(({ reasons }) => reasons.includes(reason)));
  const items = slots.map((slot) =>
    listedSlot({ ...slot, reasons: slot.reasons.filter((reason) => !forAll.includes(reason)) }, context),
  );
  return { own: itemOf({ reasonsForAll: forAll }), lists: [{ name: "slots", what: "slots", items }] };
}

function listedSlot(slot: AvailableSlot, { times }: DigestContext): Item {
  const { start, end, score, confidence, reasons, people } = slot;
  // Whose time is unknown stands under people; why that is so is told with their busy times.
  const told = reasons.filter((reason) => !reason.includes(" is unknown: "));
  const others = people.filter(({ state, local }) => state !== "free" || local.timeZone !== times.timeZone);
  return itemOf(
    {
      ...{
        when: times.span(start.dateTime, end.dateTime),
        score,
        confidence: confidence === 1 ? undefined : Math.round(100 * confidence) / 100,
      },
      people: others.filter(({ email }) => looksLikeId(email)).map((person) => shownState(person, times)),
      reasons: told.filter(isSafe),
    },
    {
      people: others
        .filter(({ email }) => !looksLikeId(email))
        .map((person) => shownState(person, times))
        .join(", "),
      reasons: told.filter((reason) => !isSafe(reason)).join(" "),
    },
  );
}

/** Whether it is a sentence of this package about people as they were asked for. */
function isSafe(reason: string): boolean {
  return /^[\w .,@:+'-]{1,400}$/.test(reason);
}

/** Why a day has the slots that it has. */
export function listedDay({ day, slots, obstacles }: DayAvailability, { times }: DigestContext): Item {
  const alike = new Map<string, string[]>();
  for (const { kind, email, starts } of obstacles) {
    const what = `${starts} starts: ${kind}`;
    alike.set(what, [...(alike.get(what) ?? []), ...(email === undefined ? [] : [safeEmail(email)])]);
  }
  const shown = [...alike].map(([what, people]) => (people.length === 0 ? what : `${what} (${people.join(", ")})`));
  return itemOf({ day: times.eventTime(day), slots, obstacles: shown });
}

function safeEmail(email: string): string {
  return looksLikeId(email) ? email : "somebody";
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
