import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readdir, realpath, rm, stat, symlink, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { folderWithin, plannedFiles, withinAttachments } from "./attachment-paths.js";

let home = "";
let dir = "";
const refused = { code: "request.not_permitted" };

beforeAll(async () => {
  home = await realpath(await mkdtemp(join(tmpdir(), "maigic-attachments-")));
  dir = join(home, "attachments");
  await mkdir(join(dir, "invoices"), { recursive: true });
  await mkdir(join(home, "attachments-of-others"));
  await writeFile(join(home, "secret.txt"), "secret");
  await writeFile(join(home, "attachments-of-others", "march.txt"), "secret");
  await writeFile(join(dir, "invoices", "march.txt"), "March");
  await writeFile(join(dir, "10:30 ..notes~.txt"), "");
  await symlink(join(home, "secret.txt"), join(dir, "link.txt"));
  await symlink(home, join(dir, "invoices", "up"));
  await symlink("../attachments-of-others", join(dir, "others"));
  await symlink(join(home, "not-there"), join(dir, "dangling"));
  await symlink("loop", join(dir, "loop"));
  await symlink("invoices", join(dir, "bills"));
  execFileSync("mkfifo", [join(dir, "pipe")]);
});
afterAll(() => rm(home, { recursive: true, force: true }));

const elsewhere = (): string[] => [
  "../secret.txt",
  "invoices/../../secret.txt",
  "invoices/../march.txt",
  "..",
  ".. /secret.txt",
  join(home, "secret.txt"),
  join(home, "attachments-of-others", "march.txt"),
  `${dir}/../secret.txt`,
  "/etc/passwd",
  "/",
  "link.txt",
  "invoices/up/secret.txt",
  "others/march.txt",
  "others",
  "dangling",
  "dangling/new.txt",
  "loop",
  "~/secret.txt",
  "~root",
  "invoices\\..\\..\\secret.txt",
  "C:/Windows/win.ini",
  "c:secret.txt",
  "invoices/march.txt\0.png",
  "invoices/march\n.txt",
  "NUL",
  "invoices/con.txt",
  "aux .txt",
  "com1",
];

describe("withinAttachments", () => {
  it("refuses whatever lies elsewhere, leads there, or would on another system", async () => {
    for (const path of elsewhere()) {
      await expect(withinAttachments(dir, path), path).rejects.toMatchObject(refused);
      await expect(plannedFiles(dir, ["invoices/march.txt", path]), path).rejects.toMatchObject(refused);
      await expect(folderWithin(dir, path), path).rejects.toMatchObject(refused);
    }
    expect((await readdir(home)).sort()).toEqual(["attachments", "attachments-of-others", "secret.txt"]);
  });

  it("gives the real path of what lies within, by whatever way, and whether it is there or not", async () => {
    const march = join(dir, "invoices", "march.txt");
    for (const path of [
      "invoices/march.txt",
      "./invoices//march.txt",
      march,
      "bills/march.txt",
      `${dir}/bills/march.txt`,
    ])
      expect(await withinAttachments(dir, path)).toBe(march);
    expect(await withinAttachments(dir, "new/deep/report.pdf")).toBe(join(dir, "new/deep/report.pdf"));
    expect(await withinAttachments(dir, "10:30 ..notes~.txt")).toBe(join(dir, "10:30 ..notes~.txt"));
    expect(await withinAttachments(`${dir}/`, ".")).toBe(dir);
    await symlink(dir, join(home, "by-link"));
    expect(await withinAttachments(join(home, "by-link"), join(home, "by-link", "bills/march.txt"))).toBe(march);
    expect(await withinAttachments(join(home, "by-link"), march)).toBe(march);
    await rm(join(home, "by-link"));
  });

  it("says so when there is no such folder", async () => {
    const missing = withinAttachments(join(home, "missing"), "march.txt");
    await expect(missing).rejects.toMatchObject({ code: "config.invalid_file" });
  });
});

describe("plannedFiles", () => {
  it("tells what would be sent: where it lies, how large it is, and its SHA-256", async () => {
    const sha256 = (text: string): string => createHash("sha256").update(text).digest("hex");
    await writeFile(join(dir, "large.bin"), "x".repeat(200_000));
    expect(await plannedFiles(dir, ["bills/march.txt", join(dir, "large.bin")])).toEqual([
      { path: "invoices/march.txt", sizeBytes: 5, sha256: sha256("March") },
      { path: "large.bin", sizeBytes: 200_000, sha256: sha256("x".repeat(200_000)) },
    ]);
  });

  it("takes regular files only, and waits for no pipe", async () => {
    for (const path of ["pipe", "invoices", "", "missing.txt"]) {
      await expect(plannedFiles(dir, [path]), path).rejects.toMatchObject({ code: "config.invalid_file" });
    }
  });
});

describe("folderWithin", () => {
  it("makes what is missing for its owner alone, and keeps what is there", async () => {
    const made = await folderWithin(dir, "2026/november");
    expect(made).toBe(join(dir, "2026", "november"));
    for (const folder of [made, join(dir, "2026")]) expect((await stat(folder)).mode & 0o777).toBe(0o700);
    expect(await folderWithin(dir, "bills/paid")).toBe(join(dir, "invoices", "paid"));
    expect(await folderWithin(dir, join(dir, "2026"))).toBe(join(dir, "2026"));
    const fresh = join(home, "fresh");
    expect(await folderWithin(fresh, ".")).toBe(fresh);
    expect((await stat(fresh)).mode & 0o777).toBe(0o700);
    await rm(fresh, { recursive: true });
  });

  it("refuses a file in a folder's place", async () => {
    for (const path of ["invoices/march.txt", "invoices/march.txt/deeper"]) {
      await expect(folderWithin(dir, path)).rejects.toMatchObject({ code: "config.invalid_file" });
    }
  });
});

describe("files to be sent", () => {
  it("are no more than a mail takes, whatever is asked for: nothing else is read", async () => {
    await writeFile(join(dir, "huge.bin"), "");
    await truncate(join(dir, "huge.bin"), 300 * 1024 * 1024);
    await expect(plannedFiles(dir, ["huge.bin"])).rejects.toMatchObject({ code: "request.too_large" });
    const many = Array.from({ length: 100_000 }, () => "10:30 ..notes~.txt");
    await expect(plannedFiles(dir, many)).rejects.toMatchObject({ code: "request.too_large" });
  });
});
