import type { calendar_v3 } from "@googleapis/calendar";
import { afterEach, describe, expect, it } from "vitest";
import { calendarClient, refusal } from "../../../test/support/google-clients.js";
import { movedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const calendarId = "primary";
const now = Date.parse("2026-11-23T12:00:00Z");
const timeZone = "Europe/Berlin";
const at = (dateTime: string, zone = timeZone) => ({ dateTime, timeZone: zone });

describe("the dates of a series, by its lines", () => {
  let sandbox: GoogleSandbox;
  afterEach(() => sandbox.close());

  /** A calendar with one series, `series01`. */
  const withSeries = async (
    recurrence: string[],
    start: Record<string, unknown> = at("2026-11-23T09:30:00"),
    end: Record<string, unknown> = at("2026-11-23T10:00:00"),
  ) => {
    const events = [{ id: "series01", summary: "Series", start, end, recurrence }];
    const users = [{ email: alice, timeZone, calendars: [{ events }] }];
    sandbox = await createGoogleSandbox({ seed: { users }, clock: movedClock(now) });
    return calendarClient(sandbox, alice).events;
  };
  const startsOf = async (
    api: calendar_v3.Resource$Events,
    params: calendar_v3.Params$Resource$Events$List = {},
  ): Promise<unknown[]> => {
    const { data } = await api.list({ calendarId, singleEvents: true, orderBy: "startTime", ...params });
    return (data.items ?? []).map(({ start }) => start?.date ?? start?.dateTime);
  };

  it("leave out what EXDATE names, by wall time, by UTC and by day", async () => {
    const api = await withSeries([
      "RRULE:FREQ=DAILY;COUNT=5",
      "EXDATE;TZID=Europe/Berlin:20261124T093000",
      "EXDATE:20261125T083000Z",
    ]);
    expect(await startsOf(api)).toEqual([
      "2026-11-23T09:30:00+01:00",
      "2026-11-26T09:30:00+01:00",
      "2026-11-27T09:30:00+01:00",
    ]);
    await expect(api.get({ calendarId, eventId: "series01_20261124T083000Z" })).rejects.toMatchObject(
      refusal(404, "notFound"),
    );
    await sandbox.close();
    const days = ["RRULE:FREQ=DAILY;COUNT=3", "EXDATE;VALUE=DATE:20261124"];
    const whole = await withSeries(days, { date: "2026-11-23" }, { date: "2026-11-24" });
    expect(await startsOf(whole)).toEqual(["2026-11-23", "2026-11-25"]);
  });

  it("leave out what EXRULE does, to the last one", async () => {
    const api = await withSeries(["RRULE:FREQ=DAILY;COUNT=4", "EXRULE:FREQ=DAILY;INTERVAL=2"]);
    expect(await startsOf(api)).toEqual(["2026-11-24T09:30:00+01:00", "2026-11-26T09:30:00+01:00"]);
    await sandbox.close();
    const none = await withSeries(["RRULE:FREQ=DAILY", "EXRULE:FREQ=DAILY"]);
    expect((await none.list({ calendarId, timeMin: "2026-11-01T00:00:00Z" })).data.items).toEqual([]);
  });

  it("are those of every RRULE, none of them twice", async () => {
    const api = await withSeries(["RRULE:FREQ=WEEKLY;BYDAY=MO,TU;COUNT=3", "RRULE:FREQ=WEEKLY;BYDAY=TU,FR;COUNT=2"]);
    expect(await startsOf(api)).toEqual([
      "2026-11-23T09:30:00+01:00",
      "2026-11-24T09:30:00+01:00",
      "2026-11-27T09:30:00+01:00",
      "2026-11-30T09:30:00+01:00",
    ]);
  });

  it("are as exact in the first centuries as in the last", async () => {
    const zone = "Etc/GMT-1";
    const times = (year: string) => [at(`${year}-03-01T09:30:00`, zone), at(`${year}-03-01T10:00:00`, zone)] as const;
    const shown = (year: string) => [`${year}-03-01T09:30:00+01:00`, `${year}-03-02T09:30:00+01:00`];
    for (const year of ["0001", "0099", "1582", "1883", "9998"]) {
      const api = await withSeries(["RRULE:FREQ=DAILY;COUNT=2"], ...times(year));
      expect(await startsOf(api, { timeZone: zone })).toEqual(shown(year));
      await sandbox.close();
    }
    const api = await withSeries(["RRULE:FREQ=DAILY;COUNT=2"]);
    for (const year of ["0000", "9999"]) {
      const [start, end] = times(year);
      await expect(api.insert({ calendarId, requestBody: { start, end } })).rejects.toMatchObject(
        refusal(400, "invalid"),
      );
    }
  });

  it("may be years apart, as by the 29th of February", async () => {
    const line = "RRULE:FREQ=YEARLY;INTERVAL=4;BYMONTH=2;BYMONTHDAY=29";
    const start = at("2028-02-29T09:30:00");
    const api = await withSeries([line], start, at("2028-02-29T10:00:00"));
    expect((await startsOf(api, { timeMax: "2033-01-01T00:00:00Z" })).length).toBe(2);
    const requestBody = { start, end: start, recurrence: [line] };
    expect((await api.insert({ calendarId, requestBody })).data.recurrence).toEqual([line]);
  });

  it("have the start that no rule names, beside as many as COUNT says", async () => {
    const api = await withSeries(["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=2"]);
    expect(await startsOf(api)).toEqual([
      "2026-11-23T09:30:00+01:00",
      "2026-11-25T09:30:00+01:00",
      "2026-12-02T09:30:00+01:00",
    ]);
    expect((await api.get({ calendarId, eventId: "series01_20261123T083000Z" })).data.status).toBe("confirmed");
    await sandbox.close();
    const without = await withSeries(["RRULE:FREQ=WEEKLY;BYDAY=WE;COUNT=1", "EXDATE:20261123T083000Z"]);
    expect(await startsOf(without)).toEqual(["2026-11-25T09:30:00+01:00"]);
    await sandbox.close();
    const late = await withSeries(["RRULE:FREQ=YEARLY;BYMONTH=5"], { date: "2026-11-23" }, { date: "2026-11-24" });
    const { data } = await late.list({ calendarId, timeMin: "2026-11-01T00:00:00Z", timeMax: "2026-12-01T00:00:00Z" });
    expect(data.items).toMatchObject([{ id: "series01" }]);
  });

  it("have what RDATE adds", async () => {
    const api = await withSeries(["RRULE:FREQ=WEEKLY;COUNT=2", "RDATE;TZID=Europe/Berlin:20261125T140000"]);
    expect(await startsOf(api)).toEqual([
      "2026-11-23T09:30:00+01:00",
      "2026-11-25T14:00:00+01:00",
      "2026-11-30T09:30:00+01:00",
    ]);
  });

  it("end with UNTIL, and fall on days that a month has", async () => {
    const api = await withSeries(["RRULE:FREQ=DAILY;UNTIL=20261125T083000Z"]);
    expect(await startsOf(api)).toHaveLength(3);
    await sandbox.close();
    const monthly = await withSeries(
      ["RRULE:FREQ=MONTHLY;BYMONTHDAY=31;COUNT=3"],
      at("2027-01-31T09:00:00"),
      at("2027-01-31T10:00:00"),
    );
    expect(await startsOf(monthly)).toEqual([
      "2027-01-31T09:00:00+01:00",
      "2027-03-31T09:00:00+02:00",
      "2027-05-31T09:00:00+02:00",
    ]);
  });

  it("follow the zone of the series, not that of the calendar", async () => {
    const zone = "America/New_York";
    const api = await withSeries(
      ["RRULE:FREQ=WEEKLY;COUNT=3"],
      at("2026-10-20T10:00:00", zone),
      at("2026-10-20T11:00:00", zone),
    );
    // Berlin changes its clocks a week before New York does.
    expect(await startsOf(api)).toEqual([
      "2026-10-20T16:00:00+02:00",
      "2026-10-27T15:00:00+01:00",
      "2026-11-03T16:00:00+01:00",
    ]);
  });

  it("are found in a span that a long date only reaches into", async () => {
    const api = await withSeries(["RRULE:FREQ=MONTHLY"], { date: "2026-11-01" }, { date: "2026-11-15" });
    const span = { timeMin: "2026-12-14T12:00:00+01:00", timeMax: "2026-12-20T00:00:00+01:00" };
    expect(await startsOf(api, span)).toEqual(["2026-12-01"]);
    expect(await startsOf(api, { ...span, timeMin: "2026-12-15T00:00:00+01:00" })).toEqual([]);
  });

  it("go on for years in a series without an end, and as far as a span reaches", async () => {
    const api = await withSeries(["RRULE:FREQ=YEARLY"], { date: "2020-02-29" }, { date: "2020-03-01" });
    expect(await startsOf(api)).toEqual(["2020-02-29", "2024-02-29", "2028-02-29"]);
    const late = { timeMin: "2040-01-01T00:00:00Z", timeMax: "2041-01-01T00:00:00Z" };
    expect(await startsOf(api, late)).toEqual(["2040-02-29"]);
    const { data } = await api.list({ calendarId, ...late });
    expect(data.items).toMatchObject([{ id: "series01" }]);
    expect((await api.list({ calendarId, timeMax: "2019-01-01T00:00:00Z" })).data.items).toEqual([]);
  });

  it("are those of the series as it is now, after every change", async () => {
    const api = await withSeries(["RRULE:FREQ=DAILY;COUNT=2"]);
    expect(await startsOf(api)).toHaveLength(2);
    await api.patch({ calendarId, eventId: "series01", requestBody: { recurrence: ["RRULE:FREQ=DAILY;COUNT=4"] } });
    expect(await startsOf(api)).toHaveLength(4);
    const requestBody = { start: at("2026-11-23T11:00:00"), end: at("2026-11-23T12:00:00") };
    await api.patch({ calendarId, eventId: "series01", requestBody });
    expect((await startsOf(api))[3]).toBe("2026-11-26T11:00:00+01:00");
    await api.delete({ calendarId, eventId: "series01" });
    expect(await startsOf(api)).toEqual([]);
  });
});
