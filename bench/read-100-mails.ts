import { auth, gmail_v1 } from "@googleapis/gmail";
import { createEmailClient } from "maigic-integrations";
import { endSandboxProcess, openAccount, type Account } from "./support/account.js";
import { compare, type Row } from "./support/row.js";

export const name = "read-100-mails";

const count = 100;
const latencyMs = 50;
/** More requests at once than this, Gmail refuses an account now and then. */
const atOnce = 24;

/** Reading the 100 most recent mails with their bodies, from a service whose every answer takes 50 ms. */
export async function measure(): Promise<Row> {
  const limit = latencyMs + Math.ceil(count / atOnce) * latencyMs;
  try {
    return await compare(
      {
        name,
        unit: "ms",
        limit,
        limitIs: `one list and ${Math.ceil(count / atOnce)} rounds of ${atOnce} mails at ${latencyMs} ms each; the goal is a ratio of 12`,
      },
      {
        ours: { runs: 7, run: () => timed(readOurs) },
        "@googleapis/gmail one by one": { runs: 3, run: () => timed(readOneByOne) },
      },
    );
  } finally {
    endSandboxProcess();
  }
}

/** How long a reading of a fresh account takes, in milliseconds. */
async function timed(read: (account: Account) => Promise<string[]>): Promise<number> {
  await using account = await openAccount({ mails: 150, latencyMs });
  const start = performance.now();
  const subjects = await read(account);
  const tookMs = performance.now() - start;
  const wanted = Array.from({ length: count }, (_, index) => `Mail ${150 - index}`);
  if (subjects.join() !== wanted.join())
    throw new Error(`read ${subjects.length} mails, not the ${count} newest in order`);
  return tookMs;
}

async function readOurs({ options }: Account): Promise<string[]> {
  await using client = createEmailClient("google_gmail", options);
  const mails = await client.getRecentEmails({ count, includeBody: true });
  if (mails.some(({ bodyText }) => !bodyText?.includes("numbers"))) throw new Error("a body is missing");
  return mails.map(({ subject }) => subject);
}

async function readOneByOne({ url, accessToken }: Account): Promise<string[]> {
  const credentials = new auth.OAuth2();
  credentials.setCredentials({ access_token: accessToken });
  const gmail = new gmail_v1.Gmail({ auth: credentials, rootUrl: `${url}/` });
  const { data } = await gmail.users.messages.list({ userId: "me", labelIds: ["INBOX"], maxResults: count });
  const subjects: string[] = [];
  for (const { id } of data.messages ?? []) {
    const mail = await gmail.users.messages.get({ userId: "me", id: id ?? "", format: "full" });
    subjects.push(mail.data.payload?.headers?.find((header) => header.name === "Subject")?.value ?? "");
  }
  return subjects;
}
