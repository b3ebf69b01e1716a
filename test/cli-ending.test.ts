import { execFile, spawn, spawnSync, type ChildProcessWithoutNullStreams } from "node:child_process";
import { once } from "node:events";
import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGoogleSandbox, type GoogleSandbox } from "../src/sandbox/index.js";
import { root } from "./support/source-files.js";

const main = join(root, "dist/cli/bin.js");
const setup = join(root, "dist/cli/setup-bin.js");
const hasTerminals = spawnSync("script", ["-qec", "true", "/dev/null"], { stdio: "ignore" }).status === 0;
if (!hasTerminals) console.warn("skipped: what a terminal's keys do, for there is no script(1) to make a terminal");

/** How a program ends when it is stopped, when nobody reads it, or when it fails. */
describe("a program's end", () => {
  let sandbox: GoogleSandbox;
  let folder = "";
  let signingIn: string[] = [];
  beforeAll(async () => {
    sandbox = await createGoogleSandbox();
    folder = await mkdtemp(join(tmpdir(), "maigic-end-"));
    const clientFile = join(folder, "client.json");
    await writeFile(clientFile, JSON.stringify(sandbox.clientFile()));
    signingIn = [
      "--service",
      "gmail",
      "--access",
      "write",
      "--no-browser",
      "--sandbox",
      sandbox.url,
      "--credentials",
      clientFile,
    ];
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const options = (cwd = folder, more: Record<string, string> = {}) => ({
    cwd,
    env: {
      PATH: process.env["PATH"],
      HOME: folder,
      MAIGIC_CONFIG_DIR: join(folder, "config"),
      TMPDIR: folder,
      ...more,
    },
  });
  const shell = (command: string, cwd = folder, env: Record<string, string> = {}) =>
    new Promise<{ code: number; stdout: string; stderr: string }>((resolve) => {
      execFile("sh", ["-c", command], options(cwd, env), (error, stdout, stderr) => {
        resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr });
      });
    });
  /** Waits for a text, does something about it, and tells how the program ended. */
  async function ending(
    child: ChildProcessWithoutNullStreams,
    awaited: string,
    act: (said: string) => void,
  ): Promise<{ code: number | null; said: string }> {
    let said = "";
    let acted = false;
    const listen = (chunk: Buffer): void => {
      said += chunk.toString();
      if (acted || !said.includes(awaited)) return;
      acted = true;
      act(said);
    };
    child.stdout.on("data", listen);
    child.stderr.on("data", listen);
    await once(child, "close");
    return { code: child.exitCode, said };
  }

  it.each(["SIGINT", "SIGTERM"] as const)("%s ends a sign-in that waits for its answer", async (signal) => {
    const child = spawn(process.execPath, [setup, ...signingIn], options());
    const { code, said } = await ending(child, "oauth2", () => child.kill(signal));
    expect(code).toBe(35);
    expect(said).toContain("The setup was stopped");
  });

  describe.skipIf(!hasTerminals)("in a terminal", () => {
    const inTerminal = (args: string[]) => {
      const words = [process.execPath, setup, ...args].map((word) => `'${word}'`).join(" ");
      return spawn("script", ["-qec", `stty cols 100 rows 30; exec ${words}`, "/dev/null"], options());
    };

    it.each([
      ["Ctrl-C while it waits for the answer", "\u0003", "Waiting for the answer", () => signingIn],
      ["Ctrl-C at a question", "\u0003", "Paste the address", () => [...signingIn, "--paste"]],
      ["Ctrl-D at a question", "\u0004", "Paste the address", () => [...signingIn, "--paste"]],
    ])("%s stops the setup, and says so", async (_, key, awaited, args) => {
      const child = inTerminal(args());
      const { code, said } = await ending(child, awaited, () => setTimeout(() => child.stdin.write(key), 100));
      expect({ code, stopped: said.includes("The setup was stopped") }).toEqual({ code: 35, stopped: true });
    });
  });

  it.each(["SIGINT", "SIGTERM"] as const)("%s ends the demo, which leaves nothing behind", async (signal) => {
    const temporary = await mkdtemp(join(folder, "demo-"));
    const child = spawn(process.execPath, [main, "demo"], options(temporary, { TMPDIR: temporary }));
    const { code, said } = await ending(child, "signing in", () => child.kill(signal));
    expect({ code, left: await readdir(temporary) }).toEqual({ code: signal === "SIGINT" ? 130 : 143, left: [] });
    expect(said).toContain("Stopped.");
  });

  it("is as it would have been when nobody reads what it says", async () => {
    const temporary = await mkdtemp(join(folder, "quiet-"));
    const demo = `"${process.execPath}" "${main}" demo >/dev/null; echo $? >code`;
    const waiting = "while [ ! -s code ]; do sleep 0.1; done; cat code";
    const { stdout } = await shell(`((${demo}) 2>&1) | true; ${waiting}`, temporary, { TMPDIR: temporary });
    expect(stdout.trim()).toBe("0");
    expect(await readdir(temporary)).toEqual(["code"]);
  });

  it.skipIf(process.platform !== "linux")("is a failure when its result could not be written", async () => {
    const outcome = await shell(`"${process.execPath}" "${setup}" --list --json >/dev/full`);
    expect(outcome.code).toBe(1);
    expect(outcome.stderr).toContain("could not be written");
  });

  it("comes at once although the sandbox still holds an answer back", async () => {
    const child = spawn(process.execPath, [main, "sandbox", "--latency", "60000"], options());
    const { code } = await ending(child, "installed", (said) => {
      void fetch(/http:[^ "]+/.exec(said)?.[0] ?? "").catch(() => undefined);
      setTimeout(() => child.kill("SIGINT"), 200);
    });
    expect(code).toBe(0);
  });

  it("comes before a sandbox begins whose client nobody could use", async () => {
    await writeFile(
      join(folder, "web.yaml"),
      "users:\n - email: a@b.c\nclients: [{clientId: a, clientSecret: b, type: web}]\n",
    );
    const { code, stderr } = await shell(`"${process.execPath}" "${main}" sandbox --seed web.yaml`);
    expect(code).not.toBe(0);
    expect(stderr).toContain("type: installed");
    expect(stderr).not.toContain("answers on");
  });

  it.each([
    ["a wrong command line", "list --json --nope", {}, 2, "UsageError"],
    ["a folder for temporary files that is not there", "demo --json", { TMPDIR: "/nowhere" }, 42, "ConfigurationError"],
  ] as const)("is one JSON document for %s", async (_, args, env, code, name) => {
    const outcome = await shell(`"${process.execPath}" "${main}" ${args}`, folder, env);
    expect(outcome.code).toBe(code);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ error: { name } });
  });

  it("is a typed error when the working directory has gone", async () => {
    await mkdir(join(folder, "gone"));
    const { code, stderr } = await shell(`cd gone && rmdir ../gone && "${process.execPath}" "${setup}" --list`);
    expect(code).toBe(42);
    expect(stderr).toContain("The working directory is not there any more");
  });

  it.each([
    ["nobody", 43],
    ["../../etc", 49],
  ])("is an error for a list of the profile %s", async (profile, code) => {
    const outcome = await shell(`"${process.execPath}" "${setup}" --list --json --profile ${profile}`);
    expect(outcome.code).toBe(code);
    expect(JSON.parse(outcome.stdout)).toMatchObject({ error: { name: "ConfigurationError" } });
  });

  it.each(["", "pipe"])("comes soon for %j as the client file, and says what is wrong with it", async (file) => {
    await shell("[ -p pipe ] || mkfifo pipe");
    const outcome = await shell(`"${process.execPath}" "${setup}" --service gmail --paste --credentials "${file}"`);
    expect(outcome.code).toBe(42);
    expect(outcome.stderr).toMatch(/No file was named|cannot be read/);
  });
});
