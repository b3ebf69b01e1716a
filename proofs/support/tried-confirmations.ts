import { confirmedProfiles, type ConfirmationScene } from "./confirmation-scene.js";
import type { Forgery, Said } from "./false-calls.js";

/** Plans so many writes, has them confirmed in each way in turn, and commits each twice: it is done once. */
export async function tryTrue(scene: ConfirmationScene, count: number): Promise<void> {
  for (let number = 0; number < count; number++) {
    const planned = await scene.confirmed(confirmedProfiles[number % confirmedProfiles.length]);
    const what = `${planned.write.kind} as ${planned.profile}`;
    await scene.expectOnce(what, planned.write, async () => [await scene.commit(planned)]);
    expectRefused(scene, `${what}, committed again`, [await scene.commit(planned)]);
  }
}

/** Tries a forgery, which does nothing. */
export async function tryFalse(
  scene: ConfirmationScene,
  [what, forge]: readonly [name: string, forge: Forgery | undefined],
): Promise<void> {
  const said = (await forge?.(scene)) ?? [];
  if (said.length === 0) scene.problems.push(`${what}: nothing was tried`);
  expectRefused(scene, what, said);
}

function expectRefused(scene: ConfirmationScene, what: string, said: readonly Said[]): void {
  for (const { isError, text } of said) if (!isError) scene.problems.push(`${what}: it says ${text}`);
  scene.expectNothing(what);
}
