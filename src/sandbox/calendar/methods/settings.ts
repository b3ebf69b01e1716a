import { calendarNotFound } from "../../api-error.js";
import type { ApiCall, ApiReply, Route } from "../../routes.js";
import type { CalendarSetting } from "../settings.js";
import { latestChange, syncedPage } from "../synced-list.js";
import { base, listParameters, settingsReaders } from "./call.js";
import { watchRoute } from "./watch.js";

const list: Route = {
  name: "calendar.settings.list",
  method: "GET",
  path: `${base}/users/me/settings`,
  parameters: listParameters,
  scopes: settingsReaders,
  handle: listSettings,
};

/** Settings, to be read and watched. @see https://developers.google.com/workspace/calendar/api/v3/reference/settings */
export const settingsRoutes: readonly Route[] = [
  list,
  watchRoute(list, ({ world, user }) => ({
    name: `settings of ${user.email}`,
    version: () => String(latestChange(world.calendarSettings.of(user.email))),
  })),
  {
    name: "calendar.settings.get",
    method: "GET",
    path: `${base}/users/me/settings/{setting}`,
    scopes: settingsReaders,
    handle: ({ world, user, path }) => {
      const setting = world.calendarSettings.find(user.email, path["setting"] ?? "");
      if (!setting) throw calendarNotFound();
      return { json: show(setting) };
    },
  },
];

function listSettings(call: ApiCall): ApiReply {
  const { email } = call.user;
  const settings = call.world.calendarSettings.of(email);
  const { items, etag, tokens } = syncedPage(call, `settings of ${email}`, settings);
  return { json: { kind: "calendar#settings", etag, ...tokens, items: items.map(show) } };
}

function show({ id, value, change }: CalendarSetting): unknown {
  return { kind: "calendar#setting", etag: `"${change}"`, id, value };
}
