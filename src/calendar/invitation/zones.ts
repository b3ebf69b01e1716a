import type { ZonedTime } from "../../core/zoned-time.js";
import type { EventMoment } from "../event-times.js";
import { unreadable, type Component } from "./components.js";
import type { PropertyReader } from "./properties.js";
import { ianaZoneOf } from "./zone-names.js";
import { readZoneRules } from "./zone-rules.js";

/** Tells what the times of one iCalendar text mean. */
export interface Zones {
  /**
   * @param value - `2026-11-23`, `2026-11-23T09:00:00`, or the same with `Z` for UTC
   * @throws RequestError `request.invalid` for what is no time, and for a time in no zone that is known
   */
  moment(value: string, tzid: string | undefined): EventMoment;
  /** The IANA name of a zone as the text names it, where that is sure. */
  nameOf(tzid: string): string | undefined;
}

/** What an iCalendar text is read with. */
export interface ZoneReading {
  readonly time: ZonedTime;
  readonly read: PropertyReader;
  /** IANA zone of times that name none, if known; times by rules without a name are shown in it, else in UTC. */
  readonly floating: string | undefined;
}

/** The zones of an iCalendar text: those whose IANA names are sure, and those that it brings rules for. */
export function readZones(calendars: readonly Component[], { time, read, floating }: ZoneReading): Zones {
  const rules = new Map(
    calendars
      .flatMap(({ parts }) => parts.filter(({ name }) => name === "VTIMEZONE"))
      .map((part) => [read.line(part, "TZID"), readZoneRules(part, read)] as const),
  );
  const names = new Map<string, string | undefined>();
  const nameOf = (tzid: string): string | undefined => {
    if (!names.has(tzid)) {
      // Without rules beside it, a name such as EST or Japan is all there is to go by.
      const alone = !rules.has(tzid) && time.isZone(tzid) ? tzid : undefined;
      names.set(tzid, ianaZoneOf(tzid, (name) => time.isZone(name)) ?? alone);
    }
    return names.get(tzid);
  };
  const inZone = (value: string, tzid: string): EventMoment => {
    const timeZone = nameOf(tzid);
    if (timeZone !== undefined) return wallMoment(time, value, timeZone);
    const offset = rules.get(tzid);
    if (!offset) throw unknownZone(tzid);
    const wall = Date.parse(wallMoment(time, value, "UTC").dateTime) / 1000;
    const shown = floating ?? "UTC";
    return { dateTime: time.format((wall - offset(wall)) * 1000, shown), timeZone: shown };
  };
  return {
    nameOf,
    moment: (value, tzid) => {
      if (!/^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z?)?$/.test(value)) throw noTime(value);
      if (!value.includes("T")) return dateMoment(time, value);
      if (value.endsWith("Z")) return wallMoment(time, value.slice(0, -1), "UTC");
      if (tzid !== undefined) return inZone(value, tzid);
      if (floating !== undefined) return wallMoment(time, value, floating);
      throw unreadable("has a time without a time zone", {
        hint: "Give timeZone, the IANA name of the zone to read such times in.",
      });
    },
  };
}

/** As RFC 5545 has it, a time that the clocks skip or show twice is meant with the offset before the change. */
function wallMoment(time: ZonedTime, value: string, timeZone: string): { dateTime: string; timeZone: string } {
  try {
    const moment = time.moment(value, timeZone);
    if (moment.kind === "instant")
      return { dateTime: time.format(moment.epochMs, timeZone), timeZone: moment.timeZone };
  } catch {
    // said below, in words of the invitation
  }
  throw noTime(value);
}

function dateMoment(time: ZonedTime, date: string): EventMoment {
  wallMoment(time, `${date}T00:00:00`, "UTC");
  return { date };
}

function noTime(value: string): Error {
  return unreadable("has a time that is none", { details: { time: value.slice(0, 60) } });
}

function unknownZone(tzid: string): Error {
  return unreadable(`has a time in the zone "${tzid.slice(0, 60)}", which is none and comes without rules`, {
    details: { timeZone: tzid.slice(0, 200) },
  });
}
