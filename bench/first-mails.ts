import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { endSandboxProcess, openAccount, type Account } from "./support/account.js";
import { compare, type Row } from "./support/row.js";

export const name = "first-mails";

const root = fileURLToPath(new URL("../..", import.meta.url));
const runs = 9;

/** From the first line of a program, imports included, to its ten newest mails, from a sandbox on the same machine. */
export async function measure(): Promise<Row> {
  try {
    return await compare(
      { name, unit: "ms", limit: 0, limitIs: "no work at all; the goal is under 150 ms" },
      {
        ours: { runs, run: () => timed(ours) },
        "@googleapis/gmail one by one": { runs, run: () => timed(theirs) },
      },
    );
  } finally {
    endSandboxProcess();
  }
}

async function timed(program: (account: Account) => string): Promise<number> {
  await using account = await openAccount({ mails: 50, latencyMs: 0 });
  const code = `const start = performance.now();
    ${program(account)}
    console.log(JSON.stringify({ tookMs: performance.now() - start, subjects }));`;
  const { stdout } = await promisify(execFile)(process.execPath, ["--input-type=module", "--eval", code], {
    cwd: root,
  });
  const { tookMs, subjects } = JSON.parse(stdout) as { tookMs: number; subjects: string[] };
  if (subjects.length !== 10 || subjects[0] !== "Mail 50") throw new Error(`read ${subjects.join()}`);
  return tookMs;
}

function ours({ url, options: { config } }: Account): string {
  const { credentialsDir, configDir } = config;
  const overrides = JSON.stringify({ credentialsDir, configDir, googleGmailEnabled: true });
  return `const { createEmailClient, IntegrationConfig } = await import("maigic-integrations");
    const config = IntegrationConfig.fromEnv(${overrides});
    const client = createEmailClient("google_gmail", { config, endpoints: ${JSON.stringify(url)} });
    const subjects = (await client.getRecentEmails({ count: 10 })).map(({ subject }) => subject);`;
}

function theirs({ url, accessToken }: Account): string {
  return `const { gmail_v1, auth: { OAuth2 } } = await import("@googleapis/gmail");
    const auth = new OAuth2();
    auth.setCredentials({ access_token: ${JSON.stringify(accessToken)} });
    const gmail = new gmail_v1.Gmail({ auth, rootUrl: ${JSON.stringify(`${url}/`)} });
    const { data } = await gmail.users.messages.list({ userId: "me", labelIds: ["INBOX"], maxResults: 10 });
    const subjects = [];
    for (const { id } of data.messages) {
      const mail = await gmail.users.messages.get({ userId: "me", id, format: "metadata", metadataHeaders: ["Subject"] });
      subjects.push(mail.data.payload.headers[0].value);
    }`;
}
