import { createCredentialManager } from "maigic-integrations";
import { OAuth2Client } from "google-auth-library";
import { openAccount, endSandboxProcess } from "./support/account.js";
import { compare, type Row } from "./support/row.js";

export const name = "warm-access-token";

const runs = 7;
const calls = 20_000;

/** What a call costs that finds a good token in memory, as every request of a client does. */
export async function measure(): Promise<Row> {
  try {
    return await measureWithAccount();
  } finally {
    endSandboxProcess();
  }
}

async function measureWithAccount(): Promise<Row> {
  await using account = await openAccount({ mails: 0, latencyMs: 0 });
  const credentials = createCredentialManager(account.options.config, { endpoints: account.url });
  const peer = new OAuth2Client();
  peer.setCredentials({ access_token: account.accessToken, expiry_date: Date.now() + 3600_000 });
  return await compare(
    { name, unit: "us", limit: 0.1, limitIs: "one awaited promise; the goal is under 20 us" },
    {
      ours: { runs, run: () => microsecondsEach(() => credentials.getAccessToken("google_gmail")) },
      "google-auth-library": { runs, run: () => microsecondsEach(() => peer.getAccessToken()) },
    },
  );
}

async function microsecondsEach(call: () => Promise<unknown>): Promise<number> {
  await call();
  const start = performance.now();
  for (let index = 0; index < calls; index++) await call();
  return ((performance.now() - start) * 1000) / calls;
}
