import type { ConfirmationScene } from "./confirmation-scene.js";

const ways = ["listed", "asked", "client"] as const;

/** Plans so many writes, has them confirmed in each way in turn, and commits each twice: it is done once. */
export async function tryTrue(scene: ConfirmationScene, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const planned = await scene.confirmed(ways[number % ways.length]);
    const what = `${planned.write.kind} as ${planned.profile}`;
    await scene.expectOnce(what, planned.write, async () => [await scene.commit(planned)]);
    await refused(scene, `${what}, committed again`, [await scene.commit(planned)]);
  }
}

/** Expects that all of some outputs refuse, and that nothing was done. */
export async function refused(
  scene: ConfirmationScene,
  what: string,
  outputs: readonly { readonly isError: boolean; readonly text: string }[],
): Promise<void> {
  for (const { isError, text } of outputs) if (!isError) scene.problems.push(`${what}: it says ${text}`);
  scene.expectNothing(what);
}
