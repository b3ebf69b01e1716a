import { calendarScopes } from "../../oauth/scopes.js";
import type { ApiCall, Route } from "../../routes.js";
import { objectOf, readChannelRequest, requiredText } from "../channel-request.js";
import { base } from "./call.js";

/** What of a list can be watched: a name that it has for everybody, and what is different after every change. */
export interface Watched {
  readonly name: string;
  readonly version: () => string | undefined;
}

/**
 * The `watch` of a list, which takes what the list takes.
 *
 * @param watchedOf - what a call wants to watch, if it may
 */
export function watchRoute(list: Route, watchedOf: (call: ApiCall) => Watched): Route {
  return {
    ...list,
    name: list.name.replace(/list$/, "watch"),
    method: "POST",
    path: `${list.path}/watch`,
    handle: (call) => {
      const { world, user, project, body } = call;
      const watched = watchedOf(call);
      const request = readChannelRequest(body, world.clock.now(), world.calendar.channelDays);
      const resource = { ...watched, uri: uriOf(list.path, call) };
      return { json: world.channels.open({ user: user.email, project }, request, resource) };
    },
  };
}

/** Closes channels. @see https://developers.google.com/workspace/calendar/api/v3/reference/channels/stop */
export const channelRoutes: readonly Route[] = [
  {
    name: "calendar.channels.stop",
    method: "POST",
    path: `${base}/channels/stop`,
    scopes: Object.values(calendarScopes).filter(
      (scope) => ![calendarScopes.calendars, calendarScopes.calendarsReadonly, calendarScopes.freeBusy].includes(scope),
    ),
    handle: ({ world, user, project, body }) => {
      const { id, resourceId } = objectOf(body);
      world.channels.stop(
        { user: user.email, project },
        requiredText(id, "id"),
        requiredText(resourceId, "resourceId"),
      );
      return {};
    },
  },
];

/** Google's own host is written there; here it is the sandbox, so that who follows it stays on this machine. */
function uriOf(path: string, { path: variables, query, headers }: ApiCall): string {
  const filled = path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(variables[name] ?? ""));
  const uri = new URL(filled, `http://${headers.host ?? "127.0.0.1"}`);
  for (const [name, value] of query) if (name !== "access_token") uri.searchParams.append(name, value);
  uri.searchParams.set("alt", "json");
  return uri.href;
}
