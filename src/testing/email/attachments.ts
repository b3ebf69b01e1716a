import assert from "node:assert/strict";
import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { isIntegrationError } from "../../core/errors.js";
import { rawMail, type EmailTests, type EmailWorld } from "./world.js";

const bytes = Buffer.from(Array.from({ length: 300_000 }, (_, index) => (index * 31 + (index >> 8)) % 256));

async function withFile(world: EmailWorld, disposition: string): Promise<{ id: string; attachmentId: string }> {
  const headers = { "Content-Type": 'multipart/mixed; boundary="b"' };
  const body = [
    "--b\r\nContent-Type: text/plain\r\n\r\nSee the file.",
    `--b\r\nContent-Type: application/octet-stream\r\nContent-Disposition: attachment; ${disposition}\r\nContent-Transfer-Encoding: base64\r\n\r\n${bytes.toString("base64").replace(/.{76}/g, "$&\r\n")}`,
    "--b--",
  ].join("\r\n");
  const id = await world.receive(rawMail(world, { headers, body }));
  const [file] = (await world.client.getEmail(id)).attachments ?? [];
  assert.ok(file);
  assert.equal(file.sizeBytes, bytes.byteLength);
  return { id, attachmentId: file.id };
}

async function inFolder(work: (folder: string) => Promise<void>): Promise<void> {
  const folder = await mkdtemp(join(tmpdir(), "maigic-attachments-"));
  try {
    await work(folder);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/** Files in mails. */
export const attachments: EmailTests = {
  async "gives a file's bytes as they were sent"(world) {
    const { id, attachmentId } = await withFile(world, 'filename="data.bin"');
    const stream = await world.client.downloadAttachment(id, attachmentId);
    const chunks: Uint8Array[] = [];
    for await (const chunk of stream) chunks.push(chunk);
    assert.equal(Buffer.compare(Buffer.concat(chunks), bytes), 0);
  },

  async "ends a download that nobody wants any more"(world) {
    const { id, attachmentId } = await withFile(world, 'filename="data.bin"');
    const stream = await world.client.downloadAttachment(id, attachmentId);
    await stream.cancel();
  },

  async "saves under its own name, beside a file that is there already"(world) {
    const { id, attachmentId } = await withFile(world, 'filename="data.bin"');
    await inFolder(async (folder) => {
      await writeFile(join(folder, "data.bin"), "mine");
      const saved = await world.client.saveAttachment(id, attachmentId, folder);
      assert.equal(saved.endsWith("data (2).bin"), true, saved);
      assert.equal(Buffer.compare(await readFile(saved), bytes), 0);
      assert.equal(await readFile(join(folder, "data.bin"), "utf8"), "mine");
      assert.equal((await readdir(folder)).length, 2);
    });
  },

  async "never writes outside the folder, whatever the file is called"(world) {
    const names = [
      "../../evil.sh",
      "/etc/passwd",
      "..\\\\..\\\\evil.bat",
      ".bashrc",
      "CON",
      "a\u202egnp.exe",
      "x".repeat(900),
    ];
    await inFolder(async (folder) => {
      for (const name of names) {
        const { id, attachmentId } = await withFile(world, `filename*=utf-8''${encodeURIComponent(name)}`);
        const saved = await world.client.saveAttachment(id, attachmentId, folder);
        const { base } = { base: dirname(saved) };
        assert.ok(base.endsWith(folder.slice(folder.lastIndexOf("/"))), saved);
        assert.doesNotMatch(saved.slice(base.length + 1), /[\\/:\u202e]|^\.|^con$/i);
      }
      assert.equal((await readdir(folder)).length, names.length);
    });
  },

  async "says which file or folder does not exist, and leaves nothing behind"(world) {
    const { id, attachmentId } = await withFile(world, 'filename="data.bin"');
    const notFound = (error: unknown): boolean => isIntegrationError(error, "request.not_found");
    await assert.rejects(world.client.downloadAttachment(id, "no such part"), notFound);
    await inFolder(async (folder) => {
      await assert.rejects(world.client.saveAttachment(id, "no such part", folder), notFound);
      await assert.rejects(world.client.saveAttachment(id, attachmentId, join(folder, "nowhere")), (error) =>
        isIntegrationError(error, "config.invalid_file"),
      );
      assert.deepEqual(await readdir(folder), []);
    });
  },
};
