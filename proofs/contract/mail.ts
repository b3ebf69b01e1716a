import type { gmail_v1 } from "@googleapis/gmail";
import type { Person } from "./google.js";

export const userId = "me";

/** A mail of these header lines and a text, as Gmail wants it. */
export function raw(...headers: string[]): string {
  return Buffer.from([...headers, "", "Text"].join("\r\n")).toString("base64url");
}

export function header({ payload }: gmail_v1.Schema$Message, name: string): string | undefined {
  return payload?.headers?.find((each) => each.name?.toLowerCase() === name.toLowerCase())?.value ?? undefined;
}

export async function read({ gmail }: Person, id: unknown, format: string = "full"): Promise<gmail_v1.Schema$Message> {
  return (await gmail.users.messages.get({ userId, id: String(id), format })).data;
}

/** The ids of all mails that a query finds, newest first. */
export async function find({ gmail }: Person, q: string = ""): Promise<string[]> {
  const { data } = await gmail.users.messages.list({ userId, q, maxResults: 500 });
  return data.messages?.map(({ id }) => id ?? "") ?? [];
}

/** The mail that came last. */
export async function newest(person: Person): Promise<gmail_v1.Schema$Message> {
  const [id] = await find(person);
  return read(person, id);
}

export async function send({ gmail }: Person, ...headers: string[]): Promise<gmail_v1.Schema$Message> {
  return (await gmail.users.messages.send({ userId, requestBody: { raw: raw(...headers) } })).data;
}
