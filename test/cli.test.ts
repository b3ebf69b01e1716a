import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createGoogleSandbox, lifelikeWorld, type GoogleSandbox } from "../src/sandbox/index.js";
import { root } from "./support/source-files.js";

interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

const main = join(root, "dist/cli/bin.js");
const setup = join(root, "dist/cli/setup-bin.js");

describe("the command line", () => {
  let sandbox: GoogleSandbox;
  let folder = "";
  const clientFile = () => join(folder, "client.json");
  beforeAll(async () => {
    sandbox = await createGoogleSandbox({ seed: lifelikeWorld() });
    folder = await mkdtemp(join(tmpdir(), "maigic-cli-"));
    await writeFile(clientFile(), JSON.stringify(sandbox.clientFile()));
  });
  afterAll(async () => {
    await sandbox.close();
    await rm(folder, { recursive: true, force: true });
  });

  const environment = (more: Record<string, string> = {}): NodeJS.ProcessEnv => ({
    PATH: process.env["PATH"],
    HOME: folder,
    MAIGIC_CONFIG_DIR: join(folder, "config"),
    ...more,
  });
  const run = (program: string, args: string[], options: { env?: Record<string, string>; cwd?: string } = {}) =>
    new Promise<Outcome>((resolve) => {
      const child = execFile(
        process.execPath,
        [program, ...args],
        { cwd: options.cwd ?? folder, env: environment(options.env) },
        (error, stdout, stderr) => resolve({ code: typeof error?.code === "number" ? error.code : 0, stdout, stderr }),
      );
      child.stdin?.end();
    });

  /** Runs the setup and answers its consent page as a person would. */
  async function signIn(
    args: string[],
    answer: (child: ReturnType<typeof spawn>, callback: string) => void,
  ): Promise<Outcome> {
    const child = spawn(process.execPath, [setup, ...args, "--sandbox", sandbox.url], {
      cwd: folder,
      env: environment(),
    });
    const output = { stdout: "", stderr: "" };
    child.stdout.on("data", (text: Buffer) => (output.stdout += text.toString()));
    for await (const line of createInterface({ input: child.stderr })) {
      output.stderr += `${line}\n`;
      const url = /http:\S+oauth2\S+/.exec(line)?.[0];
      if (url !== undefined) answer(child, await sandbox.approve(url, { user: "alice@example.com" }));
    }
    if (child.exitCode === null) await once(child, "exit");
    return { code: child.exitCode ?? -1, ...output };
  }

  it("tells its version and what it can do", async () => {
    const { version } = JSON.parse(await readFile(join(root, "package.json"), "utf8")) as { version: string };
    expect(await run(main, ["--version"])).toEqual({ code: 0, stdout: `${version}\n`, stderr: "" });
    expect((await run(setup, ["--version"])).stdout).toBe(`${version}\n`);
    const help = await run(main, ["--help"]);
    for (const command of ["setup", "list", "demo", "sandbox"]) expect(help.stdout).toContain(command);
    expect((await run(setup, ["--help"])).stdout).toContain("--service");
  });

  it("answers a wrong command line with usage and exit code 2", async () => {
    const outcome = await run(main, ["nonsense"]);
    expect(outcome).toMatchObject({ code: 2, stdout: "" });
    expect(outcome.stderr).toContain("--help");
    expect((await run(setup, ["--access", "everything"])).code).toBe(2);
  });

  it("runs on no Node.js that is too old, and says which one to get", async () => {
    const { requireNode } = await import("../src/cli/require-node.js");
    const said: string[] = [];
    const old = console.error;
    console.error = (text: string) => said.push(text);
    try {
      const program = { versions: { ...process.versions, node: "18.20.0" }, exitCode: undefined };
      expect(requireNode(program)).toBe(false);
      expect(program.exitCode).toBe(1);
      expect(said).toEqual([expect.stringMatching(/20\.19.*18\.20\.0.*nodejs\.org/)]);
      expect(requireNode({ versions: { ...process.versions, node: "20.19.0" }, exitCode: undefined })).toBe(true);
    } finally {
      console.error = old;
    }
  });

  it("signs in over the loopback address and tests the connection", async () => {
    const outcome = await signIn(
      ["--service", "gmail", "--no-browser", "--credentials", clientFile()],
      (_, callback) => {
        void fetch(callback);
      },
    );
    expect(outcome).toMatchObject({ code: 0 });
    expect(outcome.stdout).toContain('google_gmail, profile "default": ready as alice@example.com (write)');
    expect(outcome.stdout).toContain("GOOGLE_GMAIL_ENABLED=true");
  });

  it("signs in by a pasted address, with the client file of the other service, and prints one JSON document", async () => {
    const args = [
      "--service",
      "calendar",
      "--profile",
      "work",
      "--paste",
      "--access",
      "read",
      "--json",
      "--no-browser",
    ];
    const outcome = await signIn(args, (child, callback) => child.stdin?.end(`${callback}\n`));
    expect(outcome.code).toBe(0);
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      connected: [
        { service: "google_calendar", userId: "work", state: "ready", access: "read", account: "alice@example.com" },
      ],
    });
  });

  it("lists every service and profile, a damaged pointer on a line of its own", async () => {
    await writeFile(join(folder, "credentials", "67e92c87_google_gmail.json"), "{");
    const { code, stdout } = await run(setup, ["--list", "--json"]);
    expect(code).toBe(0);
    const { integrations } = JSON.parse(stdout) as { integrations: Record<string, unknown>[] };
    expect(integrations.map(({ service, profile, state }) => [service, profile, state])).toEqual([
      ["google_gmail", "67e92c87_google_gmail.json", "unreadable"],
      ["google_gmail", "default", "needs_consent"], // signed in with the sandbox only
      ["google_calendar", "work", "needs_consent"],
    ]);
    const people = await run(main, ["list"]);
    expect(people.stdout).toMatch(/SERVICE +PROFILE +STATE/);
    expect(people.stdout).toContain("67e92c87_google_gmail.json is damaged");
  });

  it("keeps what it writes private under umask 000", async () => {
    const cwd = join(folder, "open");
    await mkdir(cwd);
    const script = `umask 000; "${process.execPath}" "${setup}" --service gmail --paste --no-browser --credentials "${clientFile()}" --sandbox ${sandbox.url} </dev/null`;
    await new Promise((resolve) =>
      execFile("sh", ["-c", script], { cwd, env: environment({ MAIGIC_CONFIG_DIR: join(cwd, "config") }) }, resolve),
    );
    const names = await readdir(cwd, { recursive: true });
    const modes = await Promise.all(names.map(async (name) => (await stat(join(cwd, name))).mode & 0o077));
    expect(names.length).toBeGreaterThan(5);
    expect(modes.filter((mode) => mode !== 0)).toEqual([]);
  });

  describe("with bad input", () => {
    const gmail = ["--service", "gmail", "--paste", "--no-browser"];
    it.each([
      ["a service that does not exist", ["--service", "gmial"], {}, 44, "config.unknown_service"],
      ["no service and nobody to ask", [], {}, 40, "config.missing_variable"],
      ["a profile name that leads elsewhere", [...gmail, "--profile", "../../etc"], {}, 49, "config.invalid_profile"],
      ["a client file that is not there", [...gmail, "--credentials", "nowhere.json"], {}, 42, "config.invalid_file"],
      ["an environment that does not exist", ["--list"], { MAIGIC_ENVIRONMENT: "prod" }, 41, "config.invalid"],
      [
        "a sandbox on another machine",
        [...gmail, "--sandbox", "https://evil.example"],
        {},
        47,
        "config.untrusted_endpoint",
      ],
      [
        "a credentials folder that cannot be made",
        [...gmail, "--credentials", "client.json"],
        { MAIGIC_CREDENTIALS_DIR: "/dev/null/x" },
        42,
        "config.invalid_file",
      ],
    ])("says what and how to go on for %s", async (_, args, env, code, name) => {
      const own = await mkdtemp(join(folder, "bad-"));
      await writeFile(join(own, "client.json"), JSON.stringify(googleClientFile()));
      const outcome = await run(setup, args, { env: env, cwd: own });
      expect(outcome).toMatchObject({ code, stdout: "" });
      expect(outcome.stderr).toContain("What to do: ");
      expect(outcome.stderr).toContain(`Code: ${name}`);
      expect(await readdir(own)).toEqual(["client.json"]);
      const json = await run(setup, [...args, "--json"], { env: env, cwd: own });
      expect(JSON.parse(json.stdout)).toMatchObject({ error: { code: name, hint: expect.any(String) as string } });
    });

    it.each([
      ["cut.json", '{"installed": {"client_id"', 42],
      ["web.json", JSON.stringify({ web: googleClientFile().installed }), 42],
      [
        "foreign.json",
        JSON.stringify({ installed: { ...googleClientFile().installed, token_uri: "https://evil.example/t" } }),
        47,
      ],
    ])("takes no client file like %s", async (name, content, code) => {
      const own = await mkdtemp(join(folder, "file-"));
      await writeFile(join(own, name), content);
      const outcome = await run(setup, [...gmail, "--credentials", name], { cwd: own });
      expect(outcome.code).toBe(code);
      expect(outcome.stderr).toContain(name);
      expect(await readdir(own)).toEqual([name]);
    });

    it("lists on although one variable is neither true nor false", async () => {
      const { code, stdout } = await run(setup, ["--list"], {
        env: { GOOGLE_GMAIL_ENABLED: "maybe" },
        cwd: await mkdtemp(join(folder, "maybe-")),
      });
      expect(code).toBe(0);
      expect(stdout).toContain("google_calendar");
      expect(stdout).toContain('GOOGLE_GMAIL_ENABLED is "maybe", which is neither true nor false.');
      expect(stdout).toContain("set GOOGLE_GMAIL_ENABLED to true or false");
    });

    it("lets nothing from a settings file steer the terminal", async () => {
      const cwd = await mkdtemp(join(folder, "escape-"));
      await writeFile(join(cwd, ".env"), "GOOGLE_GMAIL_ENABLED='\u001b]0;owned\u0007perhaps'\n");
      const { stdout, stderr } = await run(setup, ["--list"], { cwd });
      expect(stdout).toContain('"perhaps"');
      expect(stdout + stderr).not.toMatch(/[\u0007\u001b]/);
    });

    it("lists what is asked for, and refuses services that there are not", async () => {
      const cwd = await mkdtemp(join(folder, "some-"));
      const one = await run(setup, ["--list", "--json", "--service", "gmail"], { cwd });
      const { integrations } = JSON.parse(one.stdout) as { integrations: { service: string }[] };
      expect(integrations.map(({ service }) => service)).toEqual(["google_gmail"]);
      expect((await run(setup, ["--list", "--service", "gmial"], { cwd })).code).toBe(44);
    });

    it("signs nobody in for a service whose variable is neither true nor false", async () => {
      const { code, stdout, stderr } = await run(setup, ["--service", "gmail", "--json"], {
        env: { GOOGLE_GMAIL_ENABLED: "maybe" },
        cwd: await mkdtemp(join(folder, "maybe-")),
      });
      expect(code).toBe(41);
      expect(JSON.parse(stdout)).toMatchObject({ error: { code: "config.invalid" } });
      expect(stderr).toBe("");
    });
  });

  it("shows the demo's facts as one JSON document, and touches nothing of the user's own", async () => {
    const home = await mkdtemp(join(folder, "home-"));
    await chmod(home, 0o500);
    const env = { HOME: home, MAIGIC_CONFIG_DIR: join(home, "config") };
    const { code, stdout, stderr } = await run(main, ["demo", "--json"], { cwd: home, env });
    expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
    const facts = JSON.parse(stdout) as Record<string, never>;
    expect(Object.keys(facts).sort()).toEqual(
      ["account", "created", "events", "integrations", "invitation", "recentEmails", "search", "timingsMs"].sort(),
    );
    expect(facts).toMatchObject({
      account: { address: "alice@example.com" },
      recentEmails: { length: 10 },
      created: { readBack: { title: "Coffee with Bob", attendees: [{ email: "bob@example.com" }] } },
      invitation: { before: { myResponse: "needsAction" }, readBack: { myResponse: "accepted" } },
    });
    expect(await readdir(home)).toEqual([]);
    const forPeople = await run(main, ["demo"], { env: { CI: "true" } });
    expect(forPeople.stdout).toContain("The ten most recent mails");
    expect(forPeople.stdout).not.toContain("✗");
    expect(forPeople.stdout).not.toContain("\u001b"); // colours are for terminals
  });

  it("takes one world for its sandbox, and no two", async () => {
    const refused = await run(main, ["sandbox", "--large", "--seed", "world.yaml"]);
    expect([refused.code, refused.stderr]).toEqual([41, expect.stringContaining("--large and --seed")]);
  });

  it("says which port is taken, and what is wrong in a world and where", async () => {
    const { port } = new URL(sandbox.url);
    const taken = await run(main, ["sandbox", "--port", port]);
    expect(taken).toMatchObject({ code: 41, stdout: "" });
    expect(taken.stderr).toContain(`The sandbox cannot listen on port ${port}.`);
    const world = join(folder, "wrong-world.yaml");
    for (const [content, place] of [
      ["users: [{ email: a@example.com, colour: blue }]", "users.0.colour"],
      ["users: [{ email: a@example.com }]\nfaults: [{ respond: tired }]", "faults.0"],
    ] as const) {
      await writeFile(world, content);
      const refused = await run(main, ["sandbox", "--port", "0", "--seed", world]);
      expect(refused).toMatchObject({ code: 41, stdout: "" });
      expect(refused.stderr).toContain(`The sandbox's seed is wrong at ${place}`);
    }
  });

  it("runs a sandbox until it is interrupted", async () => {
    const child = spawn(process.execPath, [main, "sandbox", "--port", "0"], { cwd: folder, env: environment() });
    let file = "";
    child.stdout.on("data", (text: Buffer) => (file += text.toString()));
    for await (const line of createInterface({ input: child.stderr })) {
      const url = /http:\/\/127\.0\.0\.1:\d+/.exec(line)?.[0];
      if (url === undefined) continue;
      expect((await fetch(`${url}/.well-known/openid-configuration`)).status).toBe(200);
      child.kill("SIGINT");
      break;
    }
    if (child.exitCode === null) await once(child, "exit");
    expect(child.exitCode).toBe(0);
    expect(JSON.parse(file)).toHaveProperty("installed.client_id");
  });
});

function googleClientFile() {
  return {
    installed: {
      client_id: "1.apps.googleusercontent.com",
      client_secret: "GOCSPX-x",
      auth_uri: "https://accounts.google.com/o/oauth2/auth",
      token_uri: "https://oauth2.googleapis.com/token",
      redirect_uris: ["http://localhost"],
    },
  };
}
