import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { openWorld } from "../../test/support/world.js";
import type { SendEntry } from "../email/sending/journal.js";

const day = 24 * 3_600_000;
const entry = (sendId: string, createdAt: number): SendEntry => ({
  ...{ sendId, createdAt, key: "minutes for Ann", payloadHash: "ab12", state: "sending" },
  ...{ rfcMessageId: "<x@example.com>", draftId: "r17" },
});

async function journal() {
  const clock = movedClock();
  const world = await openWorld({ clock });
  const folder = join(world.config.credentialsDir, "sends");
  return { ...world, clock, folder, journal: await world.credentials.sendJournal("google_gmail") };
}

describe("sendJournal", () => {
  it("keeps what was noted for every process, and for one profile alone", async () => {
    await using w = await journal();
    const noted = entry("a", w.clock.now());
    await w.journal.write(noted);
    expect(await (await w.anotherProcess().sendJournal("google_gmail")).read("a")).toMatchObject(noted);
    expect(await (await w.credentials.sendJournal("google_gmail", "work")).read("a")).toBeUndefined();
    await w.journal.remove("a");
    expect(await w.journal.read("a")).toBeUndefined();
  });

  it("shows nothing of it to whoever reads the folder", async () => {
    await using w = await journal();
    await w.journal.write(entry("a", w.clock.now()));
    const [name = ""] = await readdir(w.folder);
    const text = await readFile(join(w.folder, name), "utf8");
    expect(`${name}${text}`).not.toMatch(/minutes|Ann|ab12|r17|google_gmail/);
  });

  it("forgets after 30 days, and sweeps away what is older", async () => {
    await using w = await journal();
    await w.journal.write(entry("old", w.clock.now()));
    w.clock.advance(30 * day + 1);
    expect(await w.journal.read("old")).toBeUndefined();
    const later = await w.anotherProcess().sendJournal("google_gmail");
    await later.write(entry("new", w.clock.now()));
    expect(await readdir(w.folder)).toHaveLength(1);
  });

  it("is sealed anew with the vault's next key", async () => {
    await using w = await journal();
    await w.journal.write(entry("a", w.clock.now()));
    await w.credentials.rotateKey();
    expect(await (await w.anotherProcess().sendJournal("google_gmail")).read("a")).toMatchObject({ draftId: "r17" });
  });

  it("needs no more locks the more is sent", async () => {
    await using w = await journal();
    const { signal } = new AbortController();
    for (let index = 0; index < 400; index += 1)
      await w.journal.exclusively(`mail ${index}`, signal, () => Promise.resolve());
    const locks = await readdir(join(w.config.credentialsDir, "locks"));
    expect(locks.filter((name) => name.endsWith(".lock")).length).toBeLessThanOrEqual(260);
  });

  it("lets one at a time work on a mail", async () => {
    await using w = await journal();
    let inside = 0;
    const visit = () =>
      w.journal.exclusively("a", new AbortController().signal, async () => {
        expect(++inside).toBe(1);
        await new Promise((resolve) => setTimeout(resolve, 2));
        inside -= 1;
      });
    await Promise.all([visit(), visit(), visit()]);
  });
});
