import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { calendarAccount, type CalendarAccount, type WireEvent } from "./calendar-account.js";
import type { ConfirmationScene } from "./confirmation-scene.js";
import type { Forgery, Said } from "./false-calls.js";
import { people, type WriteKind } from "./planned-writes.js";

/** Plans whose thing is not what it was when it was looked at and confirmed. */
export const changedMeanwhile: Readonly<Record<string, Forgery>> = {
  "an event that was moved": (scene) =>
    afterChange(scene, scene.oneOf(["retitle", "cancel"]), (calendar, id) => {
      const at = Date.parse("2028-02-01T00:00:00Z") + Math.floor(scene.random() * 300) * 3_600_000;
      const time = (hours: number): WireEvent => ({ dateTime: new Date(at + hours * 3_600_000).toISOString() });
      return calendar.patch("primary", id, { start: time(0), end: time(1) });
    }),
  "an invitation that was moved": async (scene) => {
    const planned = await scene.confirmed(undefined, scene.write("respond"));
    const calendar = calendarAccount(scene.world.sandbox, people.bob);
    const at = Date.parse("2028-03-01T00:00:00Z") + Math.floor(scene.random() * 300) * 3_600_000;
    const [start, end] = [at, at + 900_000].map((ms) => ({ dateTime: new Date(ms).toISOString() }));
    await scene.elsewhere(() => calendar.patch("primary", String(planned.write.args["id"]), { start, end }));
    return [await scene.commit(planned), await scene.commit(planned)];
  },
  "an event with a guest more": (scene) =>
    afterChange(scene, scene.oneOf(["retitle", "cancel"]), (calendar, id) => {
      const guest = scene.oneOf([people.mallory, `guest-${scene.random()}@elsewhere.example`]);
      const attendees = [people.alice, people.bob, guest].map((email) => ({ email }));
      return calendar.patch("primary", id, { attendees });
    }),
  "an event that is gone": (scene) =>
    afterChange(scene, scene.oneOf(["retitle", "cancel"]), (calendar, id) => calendar.remove("primary", id)),
  "a draft that was replaced": async (scene) => {
    const planned = await scene.confirmed(undefined, scene.write(scene.oneOf(["sendDraft", "redraft", "dropDraft"])));
    const to = scene.oneOf([people.mallory, people.bob]);
    await scene.elsewhere(() => replaceDraft(scene, String(planned.write.args["id"]), to));
    return [await scene.commit(planned), await scene.commit(planned)];
  },
  "a file that was changed": async (scene) => {
    const planned = await scene.confirmed(undefined, scene.write("file"));
    const [name] = planned.write.args["attachments"] as string[];
    await writeFile(join(scene.world.filesDir, name ?? ""), `secret,${scene.random()}\n`);
    return [await scene.commit(planned), await scene.commit(planned)];
  },
};

async function afterChange(
  scene: ConfirmationScene,
  kind: Extract<WriteKind, "retitle" | "cancel">,
  change: (calendar: CalendarAccount, id: string) => Promise<void>,
): Promise<readonly Said[]> {
  const planned = await scene.confirmed(undefined, scene.write(kind));
  const calendar = calendarAccount(scene.world.sandbox, people.alice);
  await scene.elsewhere(() => change(calendar, String(planned.write.args["id"])));
  return [await scene.commit(planned), await scene.commit(planned)];
}

/** As the person does in another program. */
async function replaceDraft({ world: { sandbox }, random }: ConfirmationScene, id: string, to: string): Promise<void> {
  const { accessToken } = sandbox.issueToken(people.alice, ["https://mail.google.com/"]);
  const raw = `From: ${people.alice}\r\nTo: ${to}\r\nSubject: Another one\r\n\r\nAll the numbers: ${random()}\r\n`;
  const answer = await fetch(`${sandbox.url}/gmail/v1/users/me/drafts/${id}`, {
    method: "PUT",
    headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
    body: JSON.stringify({ message: { raw: Buffer.from(raw).toString("base64url") } }),
  });
  if (!answer.ok) throw new Error(`The draft was not replaced: ${answer.status} ${await answer.text()}`);
}
