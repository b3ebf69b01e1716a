import { chmod, chown, link, mkdir, mkdtemp, realpath, rename, rm, symlink, writeFile } from "node:fs/promises";
import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { IntegrationConfig } from "../../config.js";
import type { ErrorCode } from "../../core/error-table.js";
import { narrowed } from "./narrow.js";
import { policyExample } from "./policy-example.js";
import { readOnly, type Policy } from "./policy.js";
import { readPolicy } from "./read-policy.js";

interface Place {
  readonly folder: string;
  readonly config: IntegrationConfig;
  readonly file: string;
  /** Writes the policy, for its owner alone, and reads it. */
  readonly read: (text: string | Uint8Array) => Promise<Policy>;
}

async function inPlace(run: (place: Place) => Promise<void>): Promise<void> {
  const folder = await realpath(await mkdtemp(join(tmpdir(), "maigic-policy-")));
  const [configDir, credentialsDir] = [join(folder, "config"), join(folder, "credentials")];
  await mkdir(configDir, { mode: 0o700 });
  const config = IntegrationConfig.fromEnv({ configDir, credentialsDir }, { env: {}, workingDir: folder });
  const file = join(configDir, "policy.yaml");
  const read = async (text: string | Uint8Array): Promise<Policy> => {
    await writeFile(file, text, { mode: 0o600 });
    return readPolicy(config);
  };
  try {
    await run({ folder, config, file, read });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

const writes = "profiles: { work: { allow: [write] } }\n";

/** What an error says that tells of a file. */
function error(code: ErrorCode, said: { message?: string; hint?: string; line?: number; field?: string }): unknown {
  const { message = "", hint = "", ...details } = said;
  return {
    code,
    message: expect.stringContaining(message) as string,
    hint: expect.stringContaining(hint) as string,
    details: expect.objectContaining(details) as unknown,
  };
}

describe("readPolicy", () => {
  it("permits reading only where there is no policy", () =>
    inPlace(async ({ config, file, folder }) => {
      const policy = await readPolicy(config);
      expect(policy).toMatchObject({ file, exists: false, attachmentsDir: undefined, profiles: [] });
      expect(policy.grantsOf("work")).toEqual(readOnly);
      const nowhere = { configDir: join(folder, "nowhere/at/all") };
      const none = await readPolicy(IntegrationConfig.fromEnv(nowhere, { env: {}, workingDir: folder }));
      expect(none.exists).toBe(false);
    }));

  it.each(["", "# nothing\n", "profiles:\n", "profiles: {}\n"])("permits reading only for %j", (text) =>
    inPlace(async ({ read }) => {
      const policy = await read(text);
      expect(policy).toMatchObject({ exists: true, profiles: [], attachmentsDir: undefined });
      expect(policy.grantsOf("default")).toEqual(readOnly);
    }),
  );

  it("reads what is granted, in the form in which it is compared", () =>
    inPlace(async ({ read, folder }) => {
      const policy = await read(`
attachments: ${folder}/attachments/../files
profiles:
  work:
    allow: [write, send, write]
    recipients: [Bob@Partner.Example, bob@partner.example, o'brien@BÜCHER.example]
    domains: [Example.com, "*.Bücher.example"]
    calendars: [Team@group.calendar.example]
    others: refuse
    confirm: []
    ask: client
    daily: { send: 20, delete: 0 }
  personal:
  "0x10": {}
  0x11: { allow: [delete] }
`);
      expect(policy).toMatchObject({ attachmentsDir: `${folder}/files`, exists: true });
      expect(policy.profiles).toEqual(["work", "personal", "0x10", "0x11"]);
      expect(policy.grantsOf("work")).toEqual({
        allow: ["write", "send"],
        recipients: ["bob@partner.example", "o'brien@xn--bcher-kva.example"],
        domains: ["example.com", "*.xn--bcher-kva.example"],
        calendars: ["Team@group.calendar.example"],
        ...{ others: "refuse", confirm: [], ask: "client", daily: { send: 20, delete: 0 } },
      });
      expect(policy.grantsOf("personal")).toEqual(readOnly);
      expect(policy.grantsOf("17")).toEqual(readOnly);
      expect(policy.grantsOf("0x11").allow).toEqual(["delete"]);
    }));

  it("gives profiles with the names of an object's own fields what they are granted, and no others", () =>
    inPlace(async ({ read }) => {
      const names = ["__proto__", "constructor", "toString"];
      const policy = await read(`profiles:\n${names.map((name) => `  ${name}: { allow: [send] }\n`).join("")}`);
      expect(policy.profiles).toEqual(names);
      for (const name of names) expect(policy.grantsOf(name).allow).toEqual(["send"]);
      for (const name of ["work", "hasOwnProperty", "prototype", "allow"]) {
        expect(policy.grantsOf(name)).toEqual(readOnly);
      }
      expect(Object.prototype).not.toHaveProperty("allow");
      const none = await read("profiles: {}\n");
      for (const name of names) expect(none.grantsOf(name)).toEqual(readOnly);
    }));

  it("reads the example that the command prints", () =>
    inPlace(async ({ read, config }) => {
      const policy = await read(policyExample);
      expect(policy).toMatchObject({
        profiles: ["work", "personal"],
        attachmentsDir: join(homedir(), "Documents/assistant"),
      });
      expect(policy.grantsOf("work")).toMatchObject({ allow: ["write", "send"], others: "confirm", ask: "terminal" });
      expect(policy.grantsOf("personal")).toEqual(readOnly);
      expect(policy.file).toBe(join(config.configDir, "policy.yaml"));
    }));
});

describe("a policy that somebody else could have written", () => {
  it.each([0o640, 0o604, 0o620, 0o602, 0o601])("is not read: its mode is %o", (mode) =>
    inPlace(async ({ config, file, read }) => {
      await read(writes);
      await chmod(file, mode);
      await expect(readPolicy(config)).rejects.toMatchObject(
        error("config.unsafe", { hint: `Run: chmod 600 '${file}'` }) as object,
      );
    }),
  );

  it("is not read through a link, and not from what is no file", () =>
    inPlace(async ({ config, file, folder, read }) => {
      await read(writes);
      await rename(file, join(folder, "elsewhere.yaml"));
      await symlink(join(folder, "elsewhere.yaml"), file);
      await expect(readPolicy(config)).rejects.toMatchObject(
        error("config.unsafe", { message: "is a link" }) as object,
      );
      await rm(file);
      await symlink(join(folder, "nowhere"), file);
      await expect(readPolicy(config)).rejects.toMatchObject({ code: "config.unsafe" });
      await rm(file);
      await mkdir(file);
      await expect(readPolicy(config)).rejects.toMatchObject(
        error("config.unsafe", { message: "no regular file" }) as object,
      );
      await rm(file, { recursive: true });
      await link(join(folder, "elsewhere.yaml"), file);
      await expect(readPolicy(config)).resolves.toMatchObject({ exists: true });
    }));

  it("is not read from folders that others may write, however far up and through whatever links", () =>
    inPlace(async ({ config, folder, read }) => {
      await read(writes);
      for (const [loose, mode] of [
        [config.configDir, 0o770],
        [config.configDir, 0o702],
        [folder, 0o777],
      ] as const) {
        await chmod(loose, mode);
        await expect(readPolicy(config)).rejects.toMatchObject(
          error("config.unsafe", { hint: `Run: chmod go-w '${loose}'` }) as object,
        );
        await chmod(loose, 0o700);
      }
      const [open, way] = [join(folder, "open"), join(folder, "open/way")];
      await mkdir(open);
      await chmod(open, 0o777);
      await symlink(config.configDir, way);
      const linked = IntegrationConfig.fromEnv({ configDir: way }, { env: {}, workingDir: folder });
      await expect(readPolicy(linked)).rejects.toMatchObject({ code: "config.unsafe" });
      await chmod(open, 0o1777); // nobody else can replace the link there
      await expect(readPolicy(linked)).resolves.toMatchObject({ exists: true });
    }));

  it.skipIf(process.getuid?.() !== 0)("is not read when it or its folder belongs to another user", () =>
    inPlace(async ({ config, file, read }) => {
      await read(writes);
      for (const [path, message] of [
        [file, `${file} belongs to somebody else`],
        [config.configDir, `${config.configDir} belongs to somebody else`],
      ] as const) {
        await chown(path, 12345, 12345);
        await expect(readPolicy(config)).rejects.toMatchObject(error("config.unsafe", { message }) as object);
        await chown(path, 0, 0);
      }
      await expect(readPolicy(config)).resolves.toMatchObject({ exists: true });
    }),
  );
});

describe("a policy with a mistake", () => {
  it.each([
    ["another key", "profile: {}", 1, "profile", "attachments, profiles"],
    [
      "another key of a profile",
      "profiles:\n  work:\n    allowed: [send]",
      3,
      "profiles.work.allowed",
      "allow, recipients",
    ],
    ["a key of an object's own", "profiles:\n  work: { constructor: 1 }", 2, "profiles.work.constructor", "Remove it"],
    ["a prototype", "profiles:\n  work: { __proto__: { allow: [send] } }", 2, "profiles.work.__proto__", "Remove it"],
    [
      "another daily effect",
      "profiles:\n  work:\n    daily:\n      read: 1",
      4,
      "profiles.work.daily.read",
      "write, send, delete",
    ],
    ["an effect for a list", "profiles:\n  work:\n    allow: send", 3, "profiles.work.allow", "allow: [write, send]"],
    [
      "another effect",
      "profiles:\n  work:\n    allow:\n      - write\n      - all",
      5,
      "profiles.work.allow.1",
      "write, send and delete",
    ],
    [
      "reading as an effect",
      "profiles: { work: { allow: [read] } }",
      1,
      "profiles.work.allow.0",
      "write, send and delete",
    ],
    [
      "no list of what is confirmed",
      "profiles: { work: { confirm: } }",
      1,
      "profiles.work.confirm",
      "confirm: [delete]",
    ],
    [
      "another word for others",
      "profiles: { work: { others: yes } }",
      1,
      "profiles.work.others",
      "confirm, refuse or allow",
    ],
    ["no word for others", "profiles: { work: { others: } }", 1, "profiles.work.others", "confirm, refuse or allow"],
    ["another place to ask", "profiles: { work: { ask: me } }", 1, "profiles.work.ask", "terminal or client"],
    [
      "a number in words",
      "profiles:\n  work:\n    daily: { send: many }",
      3,
      "profiles.work.daily.send",
      "such as send: 20",
    ],
    [
      "a part of a sending",
      "profiles: { work: { daily: { send: 1.5 } } }",
      1,
      "profiles.work.daily.send",
      "whole number",
    ],
    ["less than none", "profiles: { work: { daily: { send: -1 } } }", 1, "profiles.work.daily.send", "from 0"],
    ["no end", "profiles: { work: { daily: { send: .inf } } }", 1, "profiles.work.daily.send", "whole number"],
    ["no daily limits", "profiles: { work: { daily: } }", 1, "profiles.work.daily", "daily: { send: 20 }"],
    [
      "a name with an address",
      'profiles: { work: { recipients: ["Bob <b@example.com>"] } }',
      1,
      "profiles.work.recipients.0",
      "plain addresses",
    ],
    [
      "two addresses",
      'profiles: { work: { recipients: ["a@b@example.com"] } }',
      1,
      "profiles.work.recipients.0",
      "plain addresses",
    ],
    [
      "an address that hides something",
      'profiles: { work: { recipients: ["a\\u202e@example.com"] } }',
      1,
      "profiles.work.recipients.0",
      "plain addresses",
    ],
    [
      "an address for a domain",
      "profiles: { work: { domains: [b@example.com] } }",
      1,
      "profiles.work.domains.0",
      "list of domains",
    ],
    ["every domain", 'profiles: { work: { domains: ["*"] } }', 1, "profiles.work.domains.0", "list of domains"],
    [
      "every domain of a kind",
      'profiles: { work: { domains: ["*.com"] } }',
      1,
      "profiles.work.domains.0",
      "list of domains",
    ],
    [
      "a star in a domain",
      'profiles: { work: { domains: ["ex*.com"] } }',
      1,
      "profiles.work.domains.0",
      "list of domains",
    ],
    ["a calendar with blanks", 'profiles: { work: { calendars: ["my team"] } }', 1, "profiles.work.calendars.0", "ids"],
    [
      "a name that is none",
      'profiles:\n  ok: {}\n  "a/b": { allow: [send] }',
      3,
      'profiles."a/b"',
      "without control characters",
    ],
    ["a profile that is a list", "profiles:\n  work: [send]", 2, "profiles.work", "allow: [write]"],
    ["a profile that is an empty list", "profiles:\n  work: []", 2, "profiles.work", "allow: [write]"],
    ["an empty list of daily limits", "profiles: { work: { daily: [] } }", 1, "profiles.work.daily", "{ send: 20 }"],
    ["profiles in a list", "profiles:\n  - work", 1, "profiles", "each profile"],
    ["a folder that is no text", "attachments: 7", 1, "attachments", "path of a folder"],
    ["a folder without a name", "attachments:", 1, "attachments", "path of a folder"],
  ])("is refused as a whole: %s", (_, text, line, field, hint) =>
    inPlace(async ({ read, file }) => {
      const message = `${file}, line ${line}: ${field} is `;
      await expect(read(text)).rejects.toMatchObject(
        error("config.invalid_file", { message, hint, line, field }) as object,
      );
    }),
  );

  it.each([
    ["a key twice", "profiles:\n  work: {}\n  work: { allow: [send] }", 3],
    ["a key twice, once in quotes", 'profiles:\n  work: {}\n  "work": { allow: [send] }', 3],
    ["an alias", "profiles:\n  work: &all { allow: [send] }\n  personal: *all", 3],
    ["a tag", "profiles:\n  work: !!binary aGk=", 2],
    ["an older YAML", "%YAML 1.1\n---\nprofiles: {}", 1],
    ["two documents", "profiles: {}\n---\nprofiles: { work: { allow: [send] } }", 2],
    ["a list for a key", "profiles:\n  ? [work]\n  : {}", 2],
    ["what is no YAML", "profiles:\n  work: { allow: [send", 2],
    ["no map", "- work", 1],
    ["an empty list", "[]", 1],
    ["brackets without end", "[".repeat(2000), 1],
  ])("is refused as a whole: %s", (_, text, line) =>
    inPlace(async ({ read }) => {
      await expect(read(text)).rejects.toMatchObject(error("config.invalid_file", { line }) as object);
    }),
  );

  it("is refused when it is too large or no text", () =>
    inPlace(async ({ read }) => {
      await expect(read(`${writes}#${" ".repeat(256 * 1024)}`)).rejects.toMatchObject(
        error("config.invalid_file", { message: "256 KB" }) as object,
      );
      await expect(read(Buffer.from(writes, "utf16le"))).rejects.toMatchObject({ code: "config.invalid_file" });
      await expect(read(Buffer.concat([Buffer.from(writes), Buffer.from([0x23, 0xff])]))).rejects.toMatchObject(
        error("config.invalid_file", { hint: "UTF-8" }) as object,
      );
    }));
});

describe("the folder for attachments", () => {
  it("is apart from credentials and configuration, also through links", () =>
    inPlace(async ({ folder, config, read }) => {
      await mkdir(join(folder, "real"));
      await symlink(folder, join(folder, "real/back"));
      await symlink(join(folder, "later"), join(folder, "real/later"));
      const unsafe = [
        ...["/", "~", "~/", "~/x/..", homedir(), join(homedir(), "..")],
        ...[folder, config.configDir, config.credentialsDir, `${config.credentialsDir}/files`],
        ...[`${folder}/x/../config/files`, `${folder}/real/back`, `${folder}/real/back/credentials`],
        `${folder}/real/back/config/a/b`,
        `${folder}/real/later`,
      ];
      for (const path of unsafe) {
        await expect(read(`attachments: "${path}"`), path).rejects.toMatchObject(
          error("config.unsafe", { field: "attachments", hint: "~/Documents/assistant" }) as object,
        );
      }
      for (const path of ["files", "./files", "~other/files", "../files", "$HOME/files"]) {
        await expect(read(`attachments: "${path}"`), path).rejects.toMatchObject(
          error("config.invalid_file", { field: "attachments", message: "no absolute path" }) as object,
        );
      }
      for (const name of ["files", "config-files", "real", "..files"]) {
        const { attachmentsDir } = await read(`attachments: "${join(folder, name)}"`);
        expect(attachmentsDir).toBe(join(folder, name));
      }
    }));
});

describe("narrowed", () => {
  it("takes away, and can give nothing", () =>
    inPlace(async ({ read, folder }) => {
      const policy = await read(
        `attachments: ${folder}/files\nprofiles: { work: { allow: [write] }, home: { allow: [send] } }`,
      );
      expect(narrowed(policy, {}).grantsOf("work")).toEqual(policy.grantsOf("work"));
      expect(narrowed(policy, { readOnly: false }).attachmentsDir).toBe(`${folder}/files`);
      const some = narrowed(policy, { profiles: ["work", "other"] });
      expect(some).toMatchObject({ attachmentsDir: `${folder}/files`, profiles: ["work", "home"] });
      expect(["work", "home", "other"].map((name) => some.grantsOf(name).allow)).toEqual([["write"], [], []]);
      const none = narrowed(policy, { readOnly: true, profiles: ["work"] });
      expect(none.attachmentsDir).toBeUndefined();
      expect(["work", "home"].map((name) => none.grantsOf(name))).toEqual([readOnly, readOnly]);
      const again = narrowed(narrowed(none, { readOnly: false }), { profiles: ["work", "home"] });
      expect(again.grantsOf("work")).toEqual(readOnly);
      expect(narrowed(policy, { profiles: [] }).grantsOf("work")).toEqual(readOnly);
    }));
});
