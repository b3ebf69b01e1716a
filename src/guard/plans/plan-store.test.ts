import { readdir, readFile, stat, symlink, utimes, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mailPlan, planWorld } from "../../../test/support/made-plans.js";
import { createPlanStore, planLifeMs } from "./plan-store.js";

const invalid = { code: "request.plan_invalid" };
const allowed = mailPlan({ reasons: [] });

describe("a plan", () => {
  it("has an id that people can type, and a hash over all that it is made of", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(allowed);
    expect(plan).toMatchObject({ ...allowed, madeAt: w.clock.now(), expiresAt: w.clock.now() + planLifeMs });
    expect(plan.id).toMatch(/^[0-9a-z]{4}-[0-9a-z]{4}$/);
    expect(plan.hash).toMatch(/^[0-9a-f]{32}$/);
    const others = await Promise.all([
      store.make(allowed),
      store.make({ ...allowed, profile: "home" }),
      store.make({ ...allowed, input: { ...allowed.input, text: "Hello Bob" } }),
    ]);
    expect(new Set([plan, ...others].map(({ hash }) => hash)).size).toBe(4);
    expect(store.get(plan.id, plan.hash)).toBe(plan);
  });

  it("cannot be changed in memory, by what it was made of or by what is given out of it", async () => {
    await using w = await planWorld();
    const store = w.session();
    const input = { to: ["bob@example.com"], text: "Hello" };
    const plan = await store.make({ ...allowed, input });
    input.to.push("eve@example.com");
    expect(() => (plan.input["to"] as string[]).push("eve@example.com")).toThrow(TypeError);
    expect(() => plan.preview.recipients.push("eve@example.com")).toThrow(TypeError);
    expect(() => Object.assign(plan, { input: {} })).toThrow(TypeError);
    expect(store.get(plan.id, plan.hash).input).toEqual({ to: ["bob@example.com"], text: "Hello" });
  });

  it("is found by its own id and hash only, whatever is given in their place", async () => {
    await using w = await planWorld();
    const [store, other] = [w.session(), w.session("two")];
    const plan = await store.make(allowed);
    const another = await store.make(allowed);
    const forged: [unknown, unknown][] = [
      [plan.id, another.hash],
      [plan.id, `${plan.hash} `],
      [plan.id, plan.hash.toUpperCase()],
      [plan.id, ""],
      [plan.id, undefined],
      [plan.id, 0],
      [plan.id, [plan.hash]],
      [plan.id, { toString: () => plan.hash }],
      [plan.id.toUpperCase(), plan.hash],
      [[plan.id], plan.hash],
      ["__proto__", plan.hash],
      [null, null],
    ];
    for (const [id, hash] of forged) {
      expect((): unknown => Reflect.apply(store.get.bind(store), undefined, [id, hash])).toThrow(
        expect.objectContaining({ ...invalid, message: "This session has no plan of that id and hash." }) as Error,
      );
    }
    expect(() => other.get(plan.id, plan.hash)).toThrow(expect.objectContaining(invalid) as Error);
    await expect(other.take(plan)).rejects.toMatchObject(invalid);
    await expect(store.take({ ...plan, input: { to: ["eve@example.com"] } })).rejects.toMatchObject(invalid);
    for (const nothing of [undefined, null, "x", {}]) {
      await expect(Reflect.apply(store.take.bind(store), undefined, [nothing])).rejects.toMatchObject(invalid);
    }
    await store.take(plan);
  });

  it("is taken by exactly one of many at once, and by nobody after that", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(allowed);
    const taken = await Promise.allSettled(Array.from({ length: 50 }, () => store.take(plan)));
    expect(taken.filter(({ status }) => status === "fulfilled")).toHaveLength(1);
    const over = { ...invalid, message: expect.stringContaining("carried out") as string };
    await expect(store.take(plan)).rejects.toMatchObject(over);
    expect(() => store.get(plan.id, plan.hash)).toThrow(expect.objectContaining(over) as Error);
    const unknown = expect.objectContaining({ message: expect.stringContaining("no plan of that") as string }) as Error;
    expect(() => store.get(plan.id, "0".repeat(32))).toThrow(unknown); // who does not know it is not told how it ended
  });

  it("stands for five minutes, and for as long as there are not a hundred newer ones", async () => {
    await using w = await planWorld();
    const store = w.session();
    const ends = (message: string): Error =>
      expect.objectContaining({ ...invalid, message: expect.stringContaining(message) as string }) as Error;
    const old = await store.make(allowed);
    w.clock.advance(planLifeMs - 1);
    expect(store.get(old.id, old.hash)).toBe(old);
    w.clock.advance(1);
    expect(() => store.get(old.id, old.hash)).toThrow(ends("five minutes"));
    await expect(store.take(old)).rejects.toMatchObject(invalid);
    const plans = [];
    for (let count = 0; count <= 100; count++) plans.push(await store.make(allowed));
    const [first, second] = plans;
    expect(() => store.get(first?.id ?? "", first?.hash ?? "")).toThrow(ends("100 newer ones"));
    expect(store.get(second?.id ?? "", second?.hash ?? "")).toBe(second);
    await store.close();
    expect(() => store.get(second?.id ?? "", second?.hash ?? "")).toThrow(ends("session has ended"));
    await expect(store.make(allowed)).rejects.toMatchObject(invalid);
  });
});

describe("the files of plans", () => {
  it("are there for this user alone, only while a person is to be asked in a terminal, and go with the plan", async () => {
    await using w = await planWorld();
    const store = w.session();
    await store.make(allowed);
    await store.make(mailPlan({ ask: "client" }));
    await expect(readdir(w.folder)).rejects.toMatchObject({ code: "ENOENT" });
    const [taken, expired] = [await store.make(mailPlan()), await store.make(mailPlan())];
    const path = join(w.folder, `${taken.id}.json`);
    expect((await stat(w.folder)).mode & 0o777).toBe(0o700);
    expect((await stat(path)).mode & 0o777).toBe(0o600);
    expect(JSON.parse(await readFile(path, "utf8"))).toMatchObject({ session: "one", plan: taken });
    await store.take(taken);
    expect(await readdir(w.folder)).toEqual([`${expired.id}.json`]);
    w.clock.advance(planLifeMs);
    expect(await store.approvalOf(expired)).toBe("waiting");
    expect(await readdir(w.folder)).toEqual([]);
    await store.make(mailPlan());
    await store.close();
    expect(await readdir(w.folder)).toEqual([]);
  });

  it("of a session that was killed are removed by the next one, and nobody else's", async () => {
    await using w = await planWorld();
    const killed = await w.session().make(mailPlan());
    await writeFile(join(w.folder, `${killed.id}.answer.json`), "{}", { mode: 0o600 });
    w.clock.advance(planLifeMs - 1000);
    const running = await w.session("two").make(mailPlan());
    const old = ["note.json", "abcd-efgh.json", "abcd-efgh.answer.json", ".0123456789abcdef.tmp", "abcd-efgu.json"];
    const longAgo = new Date(w.clock.now() - 2 * planLifeMs);
    for (const name of old) {
      await writeFile(join(w.folder, name), "damaged", { mode: 0o600 });
      await utimes(join(w.folder, name), longAgo, longAgo);
    }
    const recent = new Date(w.clock.now());
    await writeFile(join(w.folder, "wxyz-0000.json"), "damaged", { mode: 0o600 });
    await utimes(join(w.folder, "wxyz-0000.json"), recent, recent);
    w.clock.advance(1000);
    w.session("three");
    const kept = ["note.json", "abcd-efgu.json", "wxyz-0000.json", `${running.id}.json`];
    expect((await readdir(w.folder)).sort()).toEqual(kept.sort());
  });

  it("are never written through a link, nor into a folder that is one", async () => {
    await using w = await planWorld();
    await using elsewhere = await planWorld();
    await symlink(elsewhere.configDir, w.folder);
    await expect(w.session().make(mailPlan())).rejects.toMatchObject({ code: "config.invalid_file" });
    expect(await readdir(elsewhere.configDir)).toEqual([]);
  });

  it("are not touched where the folder is somebody's link, when a session begins", async () => {
    await using w = await planWorld();
    await using elsewhere = await planWorld();
    const plan = await elsewhere.session().make(mailPlan());
    await symlink(elsewhere.folder, w.folder);
    w.clock.advance(planLifeMs);
    createPlanStore({ configDir: w.configDir, clock: w.clock, session: "two" });
    expect(await readdir(elsewhere.folder)).toEqual([`${plan.id}.json`]);
  });
});
