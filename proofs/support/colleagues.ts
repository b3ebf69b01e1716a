import type { HijackWorld } from "./hijack-world.js";

/** What a colleague does without this package. */
export interface Colleagues {
  /** Sends a mail. */
  write(
    from: string,
    mail: { to: string; subject: string; text: string; file?: { name: string; content: string } },
  ): Promise<void>;
  /** Invites to an event. @returns its id */
  invite(from: string, event: { guest: string; title: string }): Promise<string>;
}

const scopes = ["https://mail.google.com/", "https://www.googleapis.com/auth/calendar"];

/** Those who work with Alice. */
export function colleaguesIn({ sandbox }: HijackWorld): Colleagues {
  const post = async (user: string, path: string, body: object): Promise<Record<string, unknown>> => {
    const { accessToken } = sandbox.issueToken(user, scopes);
    const response = await fetch(sandbox.url + path, {
      method: "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      body: JSON.stringify(body),
    });
    const answer = (await response.json()) as Record<string, unknown>;
    if (!response.ok) throw new TypeError(`A colleague failed: ${JSON.stringify(answer)}`);
    return answer;
  };
  return {
    async write(from, { to, subject, text, file }) {
      const head = `From: ${from}\r\nTo: ${to}\r\nSubject: ${subject}\r\nMIME-Version: 1.0\r\n`;
      const type = (name: string): string => `Content-Type: text/plain; charset=utf-8${name}\r\n\r\n`;
      const attached =
        file && `--b\r\nContent-Disposition: attachment; filename="${file.name}"\r\n${type("")}${file.content}\r\n`;
      const body = file
        ? `Content-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n${type("")}${text}\r\n${attached ?? ""}--b--\r\n`
        : `${type("")}${text}`;
      await post(from, "/gmail/v1/users/me/messages/send", { raw: Buffer.from(head + body).toString("base64url") });
    },
    async invite(from, { guest, title }) {
      const event = {
        summary: title,
        start: { dateTime: "2026-12-15T10:00:00+01:00" },
        end: { dateTime: "2026-12-15T11:00:00+01:00" },
        attendees: [{ email: guest }],
      };
      return String((await post(from, "/calendar/v3/calendars/primary/events?sendUpdates=all", event))["id"]);
    },
  };
}
