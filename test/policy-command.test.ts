import { execFile } from "node:child_process";
import { chmod, mkdtemp, readFile, rm, stat, symlink, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { IntegrationConfig } from "../src/config.js";
import { getRegistry } from "../src/integrations.js";
import { runHere } from "./support/run-here.js";
import type { Outcome } from "./support/run-command.js";
import { root } from "./support/source-files.js";

interface Scene {
  readonly folder: string;
  readonly file: string;
  readonly policy: (...flags: string[]) => Promise<Outcome>;
  readonly write: (text: string) => Promise<void>;
}

async function inFolder(run: (scene: Scene) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-policy-"));
  const [configDir, credentialsDir] = [folder, join(folder, "credentials")];
  const config = IntegrationConfig.fromEnv({ configDir, credentialsDir }, { env: {}, workingDir: folder });
  const file = join(folder, "policy.yaml");
  try {
    await run({
      ...{ folder, file },
      policy: (...flags) => runHere(["policy", ...flags], { registry: getRegistry(config) }),
      write: (text) => writeFile(file, text, { mode: 0o600 }),
    });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

describe("the command policy", () => {
  it("says that assistants may only read where there is none, and how to make one", () =>
    inFolder(async ({ file, policy }) => {
      const { code, stdout, stderr } = await policy();
      expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
      expect(stdout).toContain(`${file}, which is not there`);
      expect(stdout).toContain("assistants may read, and nothing else");
      expect(stdout).toContain((await policy("--example")).stdout.trimEnd());
      expect(JSON.parse((await policy("--json")).stdout)).toEqual({
        ...{ file, exists: false, attachmentsDir: null, profiles: {}, notConnected: [] },
      });
    }));

  it.skipIf(process.platform === "win32")("gives commands that make one which it then reads", () =>
    inFolder(async ({ file, folder, policy }) => {
      await symlink(join(root, "dist/cli/bin.js"), join(folder, "maigic-integrations"));
      const commands = (await policy()).stdout.split("\n").filter((line) => line.includes(`'${file}'`));
      expect(commands).toHaveLength(2);
      const script = commands
        .join("\n")
        .replaceAll("npx maigic-integrations", `'${process.execPath}' '${folder}/maigic-integrations'`);
      await promisify(execFile)("sh", ["-euc", `umask 000\n${script}`]);
      expect((await stat(file)).mode & 0o777).toBe(0o600);
      expect(await readFile(file, "utf8")).toBe((await policy("--example")).stdout);
      const { stdout } = await policy();
      for (const line of [
        `Policy  ${file}`,
        'Profile "work"\nMay        read, change what can be taken back, send what reaches other people\n',
        "Reaches    the account itself, bob@partner.example, everybody at example.com, everybody below example.org\n",
        "Calendars  its main one, team@group.calendar.example\n",
        "Others     a person is asked before anybody else is reached\n",
        "Confirmed  every deletion\n",
        "Asked      in a terminal, by maigic-integrations approve\n",
        "Each day   at most 200 changes, at most 20 sendings\n",
        'Profile "personal"\nMay  read, and nothing else\n',
        "What other profiles may do: read, and nothing else.\n",
        'Nobody has connected a profile called "work": npx maigic-integrations list shows which there are.\n',
      ]) {
        expect(stdout).toContain(line);
      }
    }),
  );

  it("gives programs what each profile is granted", () =>
    inFolder(async ({ folder, file, policy, write }) => {
      await write(`attachments: ${dirname(folder)}/files-of-it\nprofiles: { work: { allow: [send] }, __proto__: {} }`);
      const said = JSON.parse((await policy("--json")).stdout) as { profiles: object };
      expect(said).toMatchObject({ notConnected: ["work", "__proto__"] });
      expect(said).toMatchObject({ file, exists: true, attachmentsDir: `${dirname(folder)}/files-of-it` });
      const granted = {
        ...{ allow: ["send"], recipients: [], domains: [], calendars: [] },
        ...{ others: "confirm", confirm: ["delete"], ask: "terminal", daily: {} },
      };
      expect(Object.entries(said.profiles)).toEqual([
        ["work", granted],
        ["__proto__", { ...granted, allow: [] }],
      ]);
    }));

  it("tells what is wrong with it, where, and what to write", () =>
    inFolder(async ({ file, policy, write }) => {
      await write("profiles:\n  work:\n    daily: { send: many }\n");
      const wrong = await policy();
      expect(wrong).toMatchObject({ code: 42, stdout: "" });
      expect(wrong.stderr).toContain(`${file}, line 3: profiles.work.daily.send is "many".`);
      expect(wrong.stderr).toContain("such as send: 20");
      await chmod(file, 0o644);
      const loose = await policy();
      expect(loose).toMatchObject({ code: 48, stdout: "" });
      expect(loose.stderr).toContain(`What to do: Run: chmod 600 '${file}'`);
      expect(await policy("--json", "--example")).toMatchObject({ code: 2, stdout: expect.anything() as string });
    }));

  it("shows names that could steer a terminal without what would", () =>
    inFolder(async ({ policy, write }) => {
      await write('profiles: { "work\\u061b\\u00e9": { allow: [write], daily: {} } }');
      const { code, stdout } = await policy();
      expect(code).toBe(0);
      expect(stdout).toContain("Others     a person is asked");
      expect(stdout).toContain("Each day   any number of changes");
    }));
});
