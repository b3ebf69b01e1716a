/**
 * Makes the pictures in `docs/images/`: the pages that a person sees while the setup runs, in Chromium, with the
 * sandbox in Google's place. `npm run docs:screens`; the tests do not run it.
 */
import { spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { chromium } from "playwright-core";
import { createGoogleSandbox } from "../dist/sandbox/index.js";

const root = fileURLToPath(new URL("..", import.meta.url));
const images = join(root, "docs/images");
const executablePath = process.env.CHROMIUM ?? "/usr/bin/chromium";
const size = { width: 600, height: 400 };

const folder = await mkdtemp(join(tmpdir(), "maigic-screens-"));
const users = [
  { email: "alice@example.com", name: "Alice" },
  { email: "bob@example.com", name: "Bob" },
];
const sandbox = await createGoogleSandbox({ seed: { users, projects: [{ id: "assistant" }] } });
const browser = await chromium.launch({
  executablePath,
  args: ["--no-sandbox", "--disable-lcd-text", "--disable-font-subpixel-positioning"],
});
try {
  await mkdir(images, { recursive: true });
  const clientFile = join(folder, "client.json");
  await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
  const { setup, url } = await beginSetup(clientFile);
  const page = await browser.newPage({ viewport: size, colorScheme: "light" });
  await page.goto(url);
  await page.screenshot({ path: join(images, "consent.png"), fullPage: true });
  await page.getByRole("button", { name: "Allow" }).click();
  await page.getByRole("status").waitFor();
  await page.screenshot({ path: join(images, "connected.png") });
  await once(setup, "close");
} finally {
  await browser.close();
  await sandbox.close();
  await rm(folder, { recursive: true, force: true });
}

/** Runs the setup until it shows the address of the consent page. */
async function beginSetup(clientFile) {
  const args = ["--service", "gmail", "--access", "read", "--profile", "work", "--credentials", clientFile];
  const setup = spawn(
    process.execPath,
    [join(root, "dist/cli/setup-bin.js"), ...args, "--no-browser", "--sandbox", sandbox.url],
    {
      cwd: folder,
      env: { PATH: process.env.PATH, MAIGIC_CREDENTIALS_DIR: folder, MAIGIC_CONFIG_DIR: join(folder, "config") },
      stdio: ["ignore", "ignore", "pipe"],
    },
  );
  let said = "";
  for await (const text of setup.stderr.iterator({ destroyOnReturn: false })) {
    said += text;
    const url = /http:\S+oauth2\S+(?=\s)/.exec(said)?.[0];
    if (url !== undefined) return { setup, url };
  }
  throw new Error(said);
}
