import { showPlain } from "./plain.js";
import type { ShowOutput } from "./view.js";

type Views = Readonly<Record<string, ShowOutput>>;

const viewsOfKind: Readonly<Record<string, () => Promise<Views>>> = {
  email: async () => (await import("./email/index.js")).emailViews,
  calendar: async () => (await import("./calendar/index.js")).calendarViews,
};

/**
 * What shows the output of an operation to a person. One that has no view of its own is shown plainly, so that a new
 * operation needs none.
 *
 * @param name - the operation's, such as `email.search`
 */
export async function viewOf(name: string): Promise<ShowOutput> {
  const [kind = "", ...rest] = name.split(".");
  const load = Object.hasOwn(viewsOfKind, kind) ? viewsOfKind[kind] : undefined;
  const views = await load?.();
  const own = rest.join(".");
  return (views && Object.hasOwn(views, own) ? views[own] : undefined) ?? showPlain;
}
