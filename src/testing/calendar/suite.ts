import { defineSuite, type ProviderConformanceOptions, type TestGroup, type TestRunner } from "../provider-suite.js";
import { answering, answeringSeries, proposals, withoutProposals } from "./answering.js";
import { cancellation, concurrency, errors } from "./calls.js";
import { cancellationMessage, changing, moving } from "./changing.js";
import { conference, creating } from "./creating.js";
import { following, followingSeries } from "./following.js";
import { many, manySeries } from "./many.js";
import { parting } from "./parting.js";
import { conflicts, planning, seriesConflicts } from "./planning.js";
import { answerPreviews, movePreviews, previews, seriesPreviews } from "./previews.js";
import { expanding, reading } from "./reading.js";
import { roles } from "./roles.js";
import { days, make, makeSeries } from "./scene.js";
import { searching, searchingSeries } from "./searching.js";
import { series } from "./series.js";
import type { CalendarWorld } from "./world.js";

/** What a calendar provider is tested with. */
export type CalendarConformanceOptions = ProviderConformanceOptions<CalendarWorld>;

const groups: Readonly<Record<string, TestGroup<CalendarWorld>>> = {
  reading: { tests: reading },
  occurrences: { tests: expanding, needs: "recurrence" },
  searching: { tests: searching, needs: "search", call: ({ client }) => client.searchEvents("x") },
  "searching series": { tests: searchingSeries, needs: ["search", "recurrence"] },
  creating: { tests: creating },
  changing: { tests: changing },
  series: { tests: { ...series, ...parting }, needs: "recurrence", call: (world) => makeSeries(world) },
  moving: {
    tests: { ...moving, ...movePreviews },
    needs: "move",
    call: async (world) => world.client.moveMyEvent(await make(world), world.otherCalendar),
  },
  conference: { tests: conference, needs: "conference", call: (world) => make(world, {}, { conference: true }) },
  "cancellation message": {
    tests: cancellationMessage,
    needs: "cancellationMessage",
    call: async (world) => world.client.deleteMyEvent(await make(world), { message: "x" }),
  },
  roles: { tests: roles },
  answering: { tests: answering, needs: "respond", call: ({ client }) => client.getPendingInvitations() },
  "answering series": { tests: answeringSeries, needs: ["respond", "recurrence"] },
  proposals: { tests: proposals, needs: "proposals", without: withoutProposals },
  planning: {
    tests: planning,
    needs: "freeBusy",
    call: (world) => world.client.getFreeBusy(days(world, 0, 1), ["me"]),
  },
  conflicts: { tests: conflicts },
  "conflicts of series": { tests: seriesConflicts, needs: "recurrence" },
  previews: { tests: previews },
  "previews of answers": { tests: answerPreviews, needs: "respond" },
  "previews of series": { tests: seriesPreviews, needs: "recurrence" },
  "many at once": { tests: many },
  "many of a series": { tests: manySeries, needs: "recurrence" },
  following: { tests: following, needs: "changes", call: ({ client }) => client.getChanges() },
  "following series": { tests: followingSeries, needs: ["changes", "recurrence"] },
  errors: { tests: errors },
  cancellation: { tests: cancellation },
  concurrency: { tests: concurrency },
};

/**
 * Defines the tests that every calendar provider that reads and creates must pass, with a runner's functions. What a
 * provider declares itself unable to do must throw `request.unsupported`.
 *
 * @throws AssertionError for a skip without a reason, or of a test that does not exist
 */
export function calendarConformance(runner: TestRunner, options: CalendarConformanceOptions): void {
  defineSuite({ contract: "calendar", groups }, runner, options);
}
