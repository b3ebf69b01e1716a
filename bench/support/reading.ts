import { auth, gmail_v1 } from "@googleapis/gmail";
import { createEmailClient, type ClientOptions } from "maigic-integrations";

/** What a reading is given; it may come from another process. */
export interface ReadingAccount {
  readonly url: string;
  readonly accessToken: string;
  /** Where our credentials are. */
  readonly folders: { readonly credentialsDir: string; readonly configDir: string };
}

/** Reads the newest mails with their bodies. @returns their subjects, newest first */
export type Reading = (account: ReadingAccount, options: ClientOptions, count: number) => Promise<string[]>;

/** Ours, with a client of its own and the package's defaults. */
export const readOurs: Reading = async (_, options, count) => {
  await using client = createEmailClient("google_gmail", options);
  const mails = await client.getRecentEmails({ count, includeBody: true });
  if (mails.some(({ bodyText }) => !bodyText?.includes("numbers"))) throw new Error("a body is missing");
  return mails.map(({ subject }) => subject);
};

/** The official client: one list, and so many mails under way at once. */
export function readTheirs(atOnce: number): Reading {
  return async ({ url, accessToken }, _, count) => {
    const credentials = new auth.OAuth2();
    credentials.setCredentials({ access_token: accessToken });
    const gmail = new gmail_v1.Gmail({ auth: credentials, rootUrl: `${url}/` });
    const { data } = await gmail.users.messages.list({ userId: "me", labelIds: ["INBOX"], maxResults: count });
    const ids = (data.messages ?? []).map(({ id }) => id ?? "");
    const subjects: string[] = [];
    const read = async (): Promise<void> => {
      for (let index = next++; index < ids.length; index = next++) {
        const mail = await gmail.users.messages.get({ userId: "me", id: ids[index] ?? "", format: "full" });
        subjects[index] = mail.data.payload?.headers?.find((header) => header.name === "Subject")?.value ?? "";
      }
    };
    let next = 0;
    await Promise.all(Array.from({ length: Math.min(atOnce, ids.length) }, read));
    return subjects;
  };
}

/** The official client in the ways that a programmer uses it. */
export const peers: Readonly<Record<string, Reading>> = {
  "@googleapis/gmail one by one": readTheirs(1),
  "20 at a time": readTheirs(20),
  unbounded: readTheirs(Infinity),
};

/** Throws unless it is the newest mails of a mailbox, in order. */
export function requireNewest(subjects: readonly string[], count: number, mails: number): void {
  const wanted = Array.from({ length: count }, (_, index) => `Mail ${mails - index}`);
  if (subjects.join() !== wanted.join()) {
    throw new Error(`read ${subjects.length} mails, not the ${count} newest in order`);
  }
}
