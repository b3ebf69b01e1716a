import { describe, expect, it } from "vitest";
import { alicesCalendars, berlin, bob, fromBob } from "../../../test/support/alices-calendars.js";
import { previewOperation, runOperation } from "../../../test/support/run-operation.js";

describe("calendar.respond", () => {
  it("tells first, and then answers an invitation", async () => {
    await using c = await alicesCalendars([
      berlin("2026-11-24T09:00", { id: "invited01", summary: "Review", ...fromBob() }),
    ]);
    const asked = { id: "invited01", answer: "accepted", comment: "See you there", calendar: "primary", scope: "this" };
    const preview = await previewOperation({ client: c.calendar }, "calendar.respond", asked);
    expect(preview).toMatchObject({ recipients: [bob] });
    expect(await c.calendar.getEvent("invited01")).toMatchObject({ myResponse: "needsAction" });
    const answered = await runOperation({ client: c.calendar }, "calendar.respond", { ...asked, notify: "none" });
    expect(answered).toMatchObject({ event: { myResponse: "accepted" }, notified: [] });
  });
});
