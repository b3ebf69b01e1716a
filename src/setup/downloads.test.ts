import { mkdtemp, rm, utimes, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Clock } from "../core/clock.js";
import { cleanPath } from "./client-file.js";
import { listDownloads, nextDownload, recentDownloads } from "./downloads.js";

describe("the downloads", () => {
  let folder = "";
  const download = (name: string): Promise<void> => writeFile(join(folder, name), "{}");
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), "maigic-downloads-"));
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  /** At each look something happens in the folder. */
  const clockWith = (...events: (() => Promise<unknown>)[]): Clock & { readonly sleeps: number[] } => {
    const sleeps: number[] = [];
    return {
      sleeps,
      now: () => Date.parse("2026-11-23T08:00:00Z"),
      async sleep(delayMs, signal) {
        signal?.throwIfAborted();
        sleeps.push(delayMs);
        await events.shift()?.();
      },
    };
  };

  it("are looked at twice a second until a client file is new or changed", async () => {
    await download("client_secret_old.json");
    const known = await listDownloads(folder);
    const nothing = () => Promise.resolve();
    const clock = clockWith(
      nothing,
      () => download("picture.png"),
      () => download("client_secret_new.json"),
    );
    const { signal } = new AbortController();
    expect(await nextDownload(folder, known, { clock, signal })).toMatchObject({ name: "client_secret_new.json" });
    expect(clock.sleeps).toEqual([500, 500, 500]);
  });

  it("are not looked at any more when the question was answered", async () => {
    const answered = new AbortController();
    const clock = clockWith(async () => answered.abort());
    await expect(nextDownload(folder, [], { clock, signal: answered.signal })).rejects.toBe(answered.signal.reason);
    expect(await listDownloads(join(folder, "nowhere"))).toEqual([]);
  });

  it("tell those that are a few minutes old", async () => {
    for (const [name, time] of [
      ["client_secret_1.json", "07:55"],
      ["client_secret_2.json", "07:40"],
    ] as const) {
      await download(name);
      const at = new Date(`2026-11-23T${time}:00Z`);
      await utimes(join(folder, name), at, at);
    }
    const recent = recentDownloads(await listDownloads(folder), clockWith().now());
    expect(recent.map(({ name }) => name)).toEqual(["client_secret_1.json"]);
  });

  it.each([
    [" '/tmp/my file.json' ", "/tmp/my file.json"],
    ['"/tmp/my file.json"', "/tmp/my file.json"],
    ["/tmp/my\\ file\\(1\\).json", "/tmp/my file(1).json"],
    ["file:///tmp/my%20file.json", "/tmp/my file.json"],
    ["file:///tmp/50%.json", "file:///tmp/50%.json"],
    ["file://server/x.json", "file://server/x.json"],
    ["~/Downloads/x.json", "~/Downloads/x.json"],
  ])("are named as a terminal writes what is dropped on it: %s", (typed, path) => {
    expect(cleanPath(typed)).toBe(path);
  });
});
