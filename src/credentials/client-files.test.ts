import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { readChosenFile } from "./client-files.js";

it("says exactly why a chosen file cannot be read", async () => {
  const folder = await mkdtemp(join(tmpdir(), "maigic-chosen-"));
  const large = join(folder, "large.json");
  try {
    await writeFile(large, " ".repeat(64 * 1024 + 1));
    await expect(readChosenFile(folder)).rejects.toThrow("it is a folder");
    await expect(readChosenFile(large)).rejects.toThrow("it is larger than 64 KiB");
    await expect(readChosenFile(join(folder, "nowhere.json"))).rejects.toThrow("it does not exist");
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
});
