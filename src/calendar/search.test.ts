import { describe, expect, it } from "vitest";
import type { CalendarSearchQuery, Event } from "./models.js";
import { matchesSearch } from "./search.js";

const event = {
  title: "Zürich re-planning",
  description: "With the Q3 numbers",
  status: "confirmed",
  organizer: { email: "bob@example.com", name: "Bob Builder", self: false },
  attendees: [
    { email: "jimbob@example.com", name: "Jim" },
    { email: "alice@example.com", self: true },
  ],
  myResponse: "tentative",
} as unknown as Event;

describe("matchesSearch", () => {
  it.each<[boolean, Omit<CalendarSearchQuery, "range">]>([
    [true, {}],
    [true, { text: "ZÜRICH numb" }],
    [true, { text: "Zu\u0308rich" }],
    [true, { text: '"the q3 numbers" builder' }],
    [true, { text: '"jim' }],
    [true, { text: "-planning" }],
    [false, { text: "lanning" }],
    [false, { text: '"q3 the"' }],
    [true, { attendee: "jimbob@example.com" }],
    [true, { attendee: "JIM" }],
    [true, { attendee: "@example.com" }],
    [false, { attendee: "bob@example.com" }],
    [true, { organizer: "builder", myResponse: "tentative", status: "confirmed" }],
    [false, { organizer: "jim" }],
    [false, { myResponse: "accepted" }],
    [false, { status: "cancelled" }],
  ])("says %s of %j", (fits, query) => {
    expect(matchesSearch(event, query)).toBe(fits);
  });

  it("takes what was cancelled only when that is asked for", () => {
    const cancelled = { ...event, status: "cancelled" as const };
    expect(matchesSearch(cancelled, { text: "planning" })).toBe(false);
    expect(matchesSearch(cancelled, { status: "cancelled" })).toBe(true);
  });
});
