import { spawnSync } from "node:child_process";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { endSandboxProcess, openAccount } from "./support/account.js";
import { compare, type Row } from "./support/row.js";

export const name = "cold-access-token";

const runs = 15;
const root = fileURLToPath(new URL("../..", import.meta.url));

/** What the first token of a process costs: opening the vault with its key file, and unsealing. */
export async function measure(): Promise<Row> {
  try {
    return await measureWithAccount();
  } finally {
    endSandboxProcess();
  }
}

async function measureWithAccount(): Promise<Row> {
  await using account = await openAccount({ mails: 0, latencyMs: 0 });
  const { credentialsDir, configDir } = account.options.config;
  const plain = join(credentialsDir, "..", "plain.json");
  await writeFile(plain, JSON.stringify({ access_token: account.accessToken, expiry_date: Date.now() + 3600_000 }));
  const overrides = JSON.stringify({ credentialsDir, configDir, googleGmailEnabled: true });
  return await compare(
    { name, unit: "ms", limit: 0.5, limitIs: "reading four small files one after the other; the goal is under 15 ms" },
    {
      ours: {
        runs,
        run: async () =>
          timedIn(`
              import { createCredentialManager, IntegrationConfig } from "maigic-integrations";
              const config = IntegrationConfig.fromEnv(${overrides}, { env: {} });
              const start = performance.now();
              const credentials = createCredentialManager(config, { endpoints: ${JSON.stringify(account.url)} });
              await credentials.getAccessToken("google_gmail");
              console.log(performance.now() - start);`),
      },
      "google-auth-library, token in plain text": {
        runs,
        run: async () =>
          timedIn(`
              import { readFileSync } from "node:fs";
              import { OAuth2Client } from "google-auth-library";
              const start = performance.now();
              const client = new OAuth2Client();
              client.setCredentials(JSON.parse(readFileSync(${JSON.stringify(plain)}, "utf8")));
              await client.getAccessToken();
              console.log(performance.now() - start);`),
      },
    },
  );
}

/** Runs a program in a process of its own, which prints what it measured. */
function timedIn(program: string): number {
  const args = ["--input-type=module", "--eval", program];
  const { status, stdout, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8" });
  if (status !== 0) throw new Error(stderr.trim());
  return Number(stdout);
}
