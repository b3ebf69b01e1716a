import { createHash, createHmac, randomBytes } from "node:crypto";
import { copyFile, readFile, rename, unlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { ConfirmationScene, Planned } from "./confirmation-scene.js";
import { planLifeMs, type Forgery, type Said } from "./false-calls.js";
import { people } from "./planned-writes.js";

/** What shows a plan to the person, as it lies on the disk. */
interface PlanFile {
  readonly session: string;
  readonly challenge: string;
  readonly plan: Readonly<Record<string, unknown>>;
}

interface Answer {
  readonly id: string;
  readonly hash: string;
  readonly agreed: boolean;
}

/** An answer's proof, made as this package makes it. @param challenge - in base64url */
export function macOf(challenge: string, answer: Answer): string {
  return createHmac("sha256", Buffer.from(challenge, "base64url")).update(canonical(answer)).digest("base64url");
}

/** Puts a yes to a plan beside it. @param challenge - what it is proved with */
export async function forgeYes(scene: ConfirmationScene, { plan, hash }: Planned, challenge: string): Promise<void> {
  await putAnswer(scene, plan, { hash, agreed: true, mac: macOf(challenge, { id: plan, hash, agreed: true }) });
}

/** A plan's challenge, which stands in its file for the person alone. */
export async function challengeOf(scene: ConfirmationScene, { plan }: Planned): Promise<string> {
  return (await planFile(scene, plan)).challenge;
}

/** Forgeries of what a person says in a terminal, and of what they are shown there. */
export const forgedApprovals: Readonly<Record<string, Forgery>> = {
  "an approval without the challenge": async (scene) => {
    const planned = await scene.plan("asked");
    const { plan: id, hash } = planned;
    const guesses = ["", id, hash, "A".repeat(43), randomBytes(32).toString("base64url")];
    const macs = [...guesses.map((each) => macOf(each, { id, hash, agreed: true })), "", hash, true, null, 0];
    await putAnswer(scene, id, { hash, agreed: true, mac: scene.oneOf(macs) });
    return [await scene.commit(planned)];
  },
  "an approval in another form": async (scene) => {
    const planned = await scene.plan("asked");
    const forms = ["yes", "", "true", "{}", "[]", '{"agreed":true}', `{"hash":"${planned.hash}","agreed":true}`];
    await writeFile(pathOf(scene, `${planned.plan}.answer`), scene.oneOf(forms), { mode: 0o600 });
    return [await scene.commit(planned)];
  },
  "an approval with another plan's challenge": async (scene) => {
    const [planned, another] = [await scene.plan("asked"), await scene.plan("asked")];
    await forgeYes(scene, planned, await challengeOf(scene, another));
    return [await scene.commit(planned)];
  },
  "an approval for another hash": async (scene) => {
    const [planned, another] = [await scene.plan("asked"), await scene.plan("asked")];
    const challenge = await challengeOf(scene, planned);
    const mac = macOf(challenge, { id: planned.plan, hash: another.hash, agreed: true });
    const hash = scene.oneOf([another.hash, planned.hash]);
    await putAnswer(scene, planned.plan, { hash, agreed: true, mac });
    return [await scene.commit(planned)];
  },
  "a no that was made a yes": async (scene) => {
    const planned = await scene.plan("asked");
    await scene.world.approve(planned.plan, { says: false, sees: planned.write.shows });
    const answer = JSON.parse(await readFile(pathOf(scene, `${planned.plan}.answer`), "utf8")) as object;
    await putAnswer(scene, planned.plan, { ...answer, agreed: true });
    return [await scene.commit(planned)];
  },
  "another plan's approval": async (scene) => {
    const [planned, approved] = [await scene.plan("asked"), await scene.confirmed("asked")];
    await copyFile(pathOf(scene, `${approved.plan}.answer`), pathOf(scene, `${planned.plan}.answer`));
    return [await scene.commit(planned)];
  },
  "an approval of an altered plan": async (scene) => {
    const planned = await scene.plan("asked", scene.write("mail"));
    await alterPlan(scene, planned.plan, true);
    await scene.world.approve(planned.plan, { says: true, sees: people.mallory });
    return [await scene.commit(planned), await scene.commit({ ...planned, hash: await shownHash(scene, planned) })];
  },
  "a plan that was altered before approve": async (scene) => {
    const planned = await scene.plan("asked", scene.write("mail"));
    await alterPlan(scene, planned.plan, false);
    return [await refusedApproval(scene, planned), await scene.commit(planned)];
  },
  "a plan that was altered while it was read": async (scene) => {
    const planned = await scene.plan("asked", scene.write("mail"));
    const fits = scene.random() < 0.5;
    const said = await refusedApproval(scene, planned, () => alterPlan(scene, planned.plan, fits));
    return [said, await scene.commit(planned)];
  },
  "another plan's file": async (scene) => {
    const [planned, another] = [await scene.plan("asked"), await scene.plan("asked")];
    await copyFile(pathOf(scene, another.plan), pathOf(scene, planned.plan));
    return [await refusedApproval(scene, planned), await scene.commit(planned)];
  },
  "another plan shown under its id": async (scene) => {
    const [planned, another] = [await scene.plan("asked"), await scene.plan("asked")];
    const own = await planFile(scene, planned.plan);
    const { challenge, plan } = await planFile(scene, another.plan);
    const shown = { ...own, challenge: scene.oneOf([challenge, own.challenge]), plan: { ...plan, id: planned.plan } };
    await putPlan(scene, planned.plan, { ...shown, plan: { ...shown.plan, hash: hashOf(shown.plan) } });
    await scene.world.approve(planned.plan, { says: true, sees: another.write.shows });
    if (scene.random() < 0.5) await putPlan(scene, planned.plan, own);
    return [await scene.commit(planned), await scene.commit(another)];
  },
  "two plans' files exchanged": async (scene) => {
    const [planned, another] = [await scene.plan("asked"), await scene.plan("asked")];
    const [one, other, between] = [planned.plan, another.plan, "between"].map((name) => pathOf(scene, name));
    for (const [from, to] of [
      [one, between],
      [other, one],
      [between, other],
    ])
      await rename(from ?? "", to ?? "");
    return [await refusedApproval(scene, planned), await scene.commit(planned), await scene.commit(another)];
  },
  "a plan's file that is gone": async (scene) => {
    const planned = await scene.plan("asked");
    await unlink(pathOf(scene, planned.plan));
    return [await refusedApproval(scene, planned), await scene.commit(planned)];
  },
  "a yes without a person": async (scene) => {
    const planned = await scene.plan("asked");
    for (const flags of [[], scene.oneOf([["--json"], ["--yes"], ["--show"], ["--show", "--json"]])]) {
      await scene.world.approve(planned.plan, { says: true, interactive: false, flags });
    }
    return [await scene.commit(planned)];
  },
  "an approval after five minutes": (scene) =>
    scene.world.clock.standing(async () => {
      const planned = await scene.plan("asked");
      scene.world.clock.advance(planLifeMs + 1);
      // This person's clock is behind, so that to them it still stands.
      await scene.world.approve(planned.plan, { says: true });
      return [await scene.commit(planned)];
    }),
};

function pathOf({ world }: ConfirmationScene, name: string): string {
  return join(world.config.configDir, "plans", `${name}.json`);
}

async function planFile(scene: ConfirmationScene, id: string): Promise<PlanFile> {
  return JSON.parse(await readFile(pathOf(scene, id), "utf8")) as PlanFile;
}

async function putPlan(scene: ConfirmationScene, id: string, content: PlanFile): Promise<void> {
  await writeFile(pathOf(scene, id), JSON.stringify(content), { mode: 0o600 });
}

async function putAnswer(scene: ConfirmationScene, id: string, content: object): Promise<void> {
  await writeFile(pathOf(scene, `${id}.answer`), JSON.stringify(content), { mode: 0o600 });
}

async function shownHash(scene: ConfirmationScene, { plan }: Planned): Promise<string> {
  return String((await planFile(scene, plan)).plan["hash"]);
}

/** Has the plan of a mail say that somebody else gets it. @param fits - whether its hash is made anew */
async function alterPlan(scene: ConfirmationScene, id: string, fits: boolean): Promise<void> {
  const file = await planFile(scene, id);
  const input = { ...(file.plan["input"] as object), to: [people.mallory] };
  const altered = { ...file.plan, input };
  await putPlan(scene, id, { ...file, plan: fits ? { ...altered, hash: hashOf(altered) } : altered });
}

/** What a person is told who wants to approve what cannot be relied on. */
async function refusedApproval(
  scene: ConfirmationScene,
  { plan }: Planned,
  meanwhile?: () => Promise<void>,
): Promise<Said> {
  const { code, stderr } = await scene.world.approve(plan, { says: true, ...(meanwhile && { meanwhile }) });
  return { isError: code !== 0, text: `approved: ${stderr}` };
}

function hashOf(plan: Readonly<Record<string, unknown>>): string {
  const content = Object.fromEntries(Object.entries(plan).filter(([name]) => name !== "hash"));
  return createHash("sha256").update(canonical(content)).digest("hex").slice(0, 32);
}

/** Plain data with its fields in order. */
function canonical(value: unknown): string {
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map(canonical).join(",")}]`;
  const fields = Object.entries(value).sort(([one], [other]) => (one < other ? -1 : 1));
  return `{${fields.map(([name, each]) => `${JSON.stringify(name)}:${canonical(each)}`).join(",")}}`;
}
