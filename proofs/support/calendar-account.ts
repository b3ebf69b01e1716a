import type { GoogleSandbox } from "maigic-integrations/sandbox";

/** An event as Google writes it. */
export type WireEvent = Readonly<Record<string, unknown>>;

/** Changes somebody's calendars past this package, as the person's other programs do. */
export interface CalendarAccount {
  insert(calendarId: string, event: WireEvent): Promise<string>;
  patch(calendarId: string, id: string, change: WireEvent): Promise<void>;
  remove(calendarId: string, id: string): Promise<void>;
  move(calendarId: string, id: string, destination: string): Promise<void>;
  /** Everything in a calendar, also what is cancelled. */
  events(calendarId: string): WireEvent[];
}

/** The calendars of somebody in a sandbox. */
export function calendarAccount(sandbox: GoogleSandbox, user: string): CalendarAccount {
  const { accessToken } = sandbox.issueToken(user, ["https://www.googleapis.com/auth/calendar"]);
  const call = async (method: string, calendarId: string, path: string, body?: unknown): Promise<WireEvent> => {
    const answer = await fetch(`${sandbox.url}/calendar/v3/calendars/${encodeURIComponent(calendarId)}/events${path}`, {
      method,
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    if (!answer.ok) throw new Error(`${method} ${path}: ${answer.status} ${await answer.text()}`);
    return answer.status === 204 ? {} : (JSON.parse((await answer.text()) || "{}") as WireEvent);
  };
  return {
    insert: async (calendarId, event) => String((await call("POST", calendarId, "", event))["id"]),
    async patch(calendarId, id, change) {
      await call("PATCH", calendarId, `/${id}`, change);
    },
    async remove(calendarId, id) {
      await call("DELETE", calendarId, `/${id}`);
    },
    async move(calendarId, id, destination) {
      await call("POST", calendarId, `/${id}/move?destination=${encodeURIComponent(destination)}`);
    },
    events: (calendarId) => sandbox.inspect.events(user, calendarId),
  };
}
