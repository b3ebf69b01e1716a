import { createHash, createHmac, randomBytes } from "node:crypto";
import { chmod, chown, mkdir, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { mailPlan, planWorld, type PlanWorld } from "../../../test/support/made-plans.js";
import { planLifeMs } from "./plan-store.js";
import type { Plan } from "./plan.js";
import { answerPlan, readPlan, waitingPlans } from "./read-plans.js";

/** A person who says yes or no to a plan. */
async function answer(w: PlanWorld, { id }: Plan, agreed: boolean): Promise<void> {
  await answerPlan(w.configDir, await readPlan(w.configDir, id, w.clock), agreed, w.clock);
}

interface PlanFile {
  challenge: string;
  plan: Plan;
}

async function fileOf(w: PlanWorld, { id }: Plan): Promise<PlanFile> {
  return JSON.parse(await readFile(join(w.folder, `${id}.json`), "utf8")) as PlanFile;
}

async function write(w: PlanWorld, name: string, content: unknown, mode = 0o600): Promise<void> {
  const path = join(w.folder, name);
  await rm(path, { force: true });
  await writeFile(path, typeof content === "string" ? content : JSON.stringify(content), { mode });
  await chmod(path, mode);
}

/** Written anew from what is documented of it, as a second opinion. */
function sortedJson(value: unknown): string {
  return JSON.stringify(value, (_, each: unknown) =>
    typeof each === "object" && each !== null && !Array.isArray(each)
      ? Object.fromEntries(Object.entries(each).sort(([one], [other]) => (one < other ? -1 : 1)))
      : each,
  );
}

function hashOf(plan: Plan): string {
  return createHash("sha256")
    .update(sortedJson({ ...plan, hash: undefined }))
    .digest("hex")
    .slice(0, 32);
}

function answerWith(challenge: string, answered: { id: string; hash: string; agreed: boolean }): object {
  const key = Buffer.from(challenge, "base64url");
  const mac = createHmac("sha256", key).update(sortedJson(answered)).digest("base64url");
  return { hash: answered.hash, agreed: answered.agreed, mac };
}

describe("an answer", () => {
  it("reaches the session that asked: a yes, a no, and a change of mind", async () => {
    await using w = await planWorld();
    const store = w.session();
    const [one, two] = [await store.make(mailPlan()), await store.make(mailPlan())];
    expect(await store.approvalOf(one)).toBe("waiting");
    await answer(w, one, true);
    await answer(w, two, false);
    expect([await store.approvalOf(one), await store.approvalOf(two)]).toEqual(["approved", "declined"]);
    await answer(w, one, false);
    expect(await store.approvalOf(one)).toBe("declined");
    await store.take(one);
    expect((await readdir(w.folder)).sort()).toEqual([`${two.id}.answer.json`, `${two.id}.json`]);
  });

  it("is made as it is documented: an HMAC of the plan's own challenge", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    const { challenge } = await fileOf(w, plan);
    expect(hashOf(plan)).toBe(plan.hash);
    await write(w, `${plan.id}.answer.json`, answerWith(challenge, { id: plan.id, hash: plan.hash, agreed: true }));
    expect(await store.approvalOf(plan)).toBe("approved");
  });

  it("that is forged, damaged, replayed or meant for another plan is none", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    const twin = await store.make(mailPlan());
    const { challenge } = await fileOf(w, plan);
    const yes = { id: plan.id, hash: plan.hash, agreed: true };
    await answer(w, twin, true);
    const forged: unknown[] = [
      await readFile(join(w.folder, `${twin.id}.answer.json`), "utf8"),
      answerWith((await fileOf(w, twin)).challenge, yes),
      answerWith(randomBytes(32).toString("base64url"), yes),
      answerWith("", yes),
      answerWith(challenge, { ...yes, id: twin.id }),
      answerWith(challenge, { ...yes, hash: twin.hash }),
      { ...answerWith(challenge, { ...yes, agreed: false }), agreed: true },
      { ...answerWith(challenge, { ...yes, hash: twin.hash }), hash: plan.hash },
      { ...answerWith(challenge, yes), mac: "" },
      { ...answerWith(challenge, yes), more: true },
      { hash: plan.hash, agreed: true },
      "",
      "yes",
      "null",
      JSON.stringify(answerWith(challenge, yes)).slice(0, -2),
      `${JSON.stringify(answerWith(challenge, yes))}${" ".repeat(5000)}`,
    ];
    for (const content of forged) {
      await write(w, `${plan.id}.answer.json`, content);
      expect(await store.approvalOf(plan), JSON.stringify(content)).toBe("waiting");
    }
    await answer(w, plan, true);
    expect(await store.approvalOf(plan)).toBe("approved");
  });

  it("in a link, a folder, or a file that others can write is none", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    await answer(w, plan, true);
    const path = join(w.folder, `${plan.id}.answer.json`);
    await chmod(path, 0o622);
    expect(await store.approvalOf(plan)).toBe("waiting");
    await chmod(path, 0o600);
    await rename(path, join(w.configDir, "answer"));
    await symlink(join(w.configDir, "answer"), path);
    expect(await store.approvalOf(plan)).toBe("waiting");
    await expect(answer(w, plan, true)).rejects.toMatchObject({ code: "config.invalid_file" });
    await rm(path);
    await mkdir(path);
    expect(await store.approvalOf(plan)).toBe("waiting");
    await rm(path, { recursive: true });
    await answer(w, plan, true);
    await rename(w.folder, `${w.folder}-moved`);
    await symlink(`${w.folder}-moved`, w.folder);
    expect(await store.approvalOf(plan)).toBe("waiting");
    await rm(w.folder);
    await rename(`${w.folder}-moved`, w.folder);
    expect(await store.approvalOf(plan)).toBe("approved");
  });

  it("to an altered plan is refused where it is shown, or approves nothing", async () => {
    await using w = await planWorld();
    const store = w.session();
    const plan = await store.make(mailPlan());
    const file = await fileOf(w, plan);
    const altered = { ...plan, input: { ...plan.input, text: "Hello Bob" } };
    const name = `${plan.id}.json`;
    for (const content of [
      { ...file, plan: altered },
      { ...file, plan: { ...plan, more: true } },
      { ...file, plan: { ...plan, id: "abcd-efgh" } },
      { ...file, challenge: "" },
      { ...file, more: true },
      "{",
    ]) {
      await write(w, name, content);
      await expect(readPlan(w.configDir, plan.id, w.clock)).rejects.toMatchObject({ code: "config.invalid_file" });
    }
    // One that was given a fitting hash is shown, and the answer is to that one.
    await write(w, name, { ...file, plan: { ...altered, hash: hashOf(altered) } });
    const shown = await readPlan(w.configDir, plan.id, w.clock);
    await answerPlan(w.configDir, shown, true, w.clock);
    expect(await store.approvalOf(plan)).toBe("waiting");
    // One that claims the true hash in memory is answered by what was shown.
    await answerPlan(w.configDir, { ...shown, plan: { ...shown.plan, hash: plan.hash } }, true, w.clock);
    expect(await store.approvalOf(plan)).toBe("waiting");
    await write(w, name, file);
    await expect(answerPlan(w.configDir, shown, true, w.clock)).rejects.toMatchObject({ code: "config.invalid_file" });
    await answer(w, plan, true);
    expect(await store.approvalOf(plan)).toBe("approved");
    expect(store.get(plan.id, plan.hash).input).toEqual(mailPlan().input);
  });

  it("to a plan of another session, or of an earlier one, approves nothing in this one", async () => {
    await using w = await planWorld();
    const [store, other] = [w.session(), w.session("two")];
    const plan = await store.make(mailPlan());
    await answer(w, plan, true);
    expect(await other.approvalOf(plan)).toBe("waiting");
    expect(await store.approvalOf({ ...plan })).toBe("waiting");
    expect(await store.approvalOf(plan)).toBe("approved");
    await store.close();
    expect(await store.approvalOf(plan)).toBe("waiting");
  });

  it("comes too late when the plan ended meanwhile", async () => {
    await using w = await planWorld();
    const store = w.session();
    const [late, taken] = [await store.make(mailPlan()), await store.make(mailPlan())];
    const shown = await readPlan(w.configDir, late.id, w.clock);
    const shownTaken = await readPlan(w.configDir, taken.id, w.clock);
    await store.take(taken);
    const over = { code: "request.plan_invalid" };
    await expect(answerPlan(w.configDir, shownTaken, true, w.clock)).rejects.toMatchObject(over);
    w.clock.advance(planLifeMs);
    await expect(answerPlan(w.configDir, shown, true, w.clock)).rejects.toMatchObject(over);
    expect(await store.approvalOf(late)).toBe("waiting");
    expect(await readdir(w.folder)).toEqual([]);
  });
});

describe("reading plans", () => {
  it("lists what waits, of all sessions, the oldest first", async () => {
    await using w = await planWorld();
    expect(await waitingPlans(w.configDir, w.clock)).toEqual([]);
    const first = await w.session().make(mailPlan());
    w.clock.advance(planLifeMs - 1);
    const [second, answered] = [await w.session("two").make(mailPlan()), await w.session("three").make(mailPlan())];
    await answer(w, answered, true);
    await write(w, "abcd-efgh.json", "damaged");
    await write(w, `${second.id}.answer.json`, { hash: second.hash, agreed: true, mac: "forged" });
    expect(await waitingPlans(w.configDir, w.clock)).toEqual([first, second]);
    w.clock.advance(1);
    expect(await waitingPlans(w.configDir, w.clock)).toEqual([second]);
  });

  it("finds a plan as people type its id, and names those that wait for one that is none", async () => {
    await using w = await planWorld();
    const plan = await w.session().make(mailPlan());
    const typed = plan.id.replace("-", "").replaceAll("0", "O").replaceAll("1", "l");
    expect((await readPlan(w.configDir, ` ${typed.toUpperCase()} `, w.clock)).plan).toEqual(plan);
    const unknown = { code: "request.not_found", hint: expect.stringContaining(plan.id) as string };
    for (const id of ["abcd-efgh", "", "..", `../plans/${plan.id}`, `${plan.id}.json`, `${plan.id}/`, "a\0"]) {
      await expect(readPlan(w.configDir, id, w.clock)).rejects.toMatchObject(unknown);
    }
    w.clock.advance(planLifeMs);
    const none = { code: "request.not_found", hint: expect.stringContaining("No plan is waiting") as string };
    await expect(readPlan(w.configDir, plan.id, w.clock)).rejects.toMatchObject(none);
  });

  it("trusts no link, nothing that is open to others, and no folder of that kind", async () => {
    await using w = await planWorld();
    const plan = await w.session().make(mailPlan());
    const path = join(w.folder, `${plan.id}.json`);
    const read = (): Promise<unknown> => readPlan(w.configDir, plan.id, w.clock);
    const unsafe = { code: "config.unsafe" };
    await chmod(path, 0o644);
    await expect(read()).rejects.toMatchObject(unsafe);
    expect(await waitingPlans(w.configDir, w.clock)).toEqual([]);
    await chmod(path, 0o600);
    await rename(path, join(w.configDir, "plan"));
    await symlink(join(w.configDir, "plan"), path);
    await expect(read()).rejects.toMatchObject(unsafe);
    await rm(path);
    await rename(join(w.configDir, "plan"), path);
    await expect(read()).resolves.toMatchObject({ plan });
    await chmod(w.folder, 0o770);
    await expect(read()).rejects.toMatchObject(unsafe);
    await expect(waitingPlans(w.configDir, w.clock)).rejects.toMatchObject(unsafe);
  });

  it.skipIf(process.getuid?.() !== 0)("trusts no file of another user, as a plan or as an answer", async () => {
    await using w = await planWorld();
    const nobody = 65_534;
    const store = w.session();
    const plan = await store.make(mailPlan());
    await answer(w, plan, true);
    await chown(join(w.folder, `${plan.id}.answer.json`), nobody, nobody);
    expect(await store.approvalOf(plan)).toBe("waiting");
    await chown(join(w.folder, `${plan.id}.json`), nobody, nobody);
    await expect(readPlan(w.configDir, plan.id, w.clock)).rejects.toMatchObject({ code: "config.unsafe" });
  });
});
