import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { OutgoingEmail } from "../outgoing.js";
import { composeMail } from "./compose.js";
import { prepareMail } from "./prepare.js";

const megabyte = 1024 * 1024;
const identity = { messageId: `<${"ab".repeat(16)}@example.com>`, date: new Date("2026-11-23T08:00:00Z") };

async function content(message: OutgoingEmail) {
  const mail = await prepareMail(message, { from: { name: "Alice", address: "alice@example.com" } }, megabyte);
  return composeMail(mail, megabyte);
}

async function bytes(stream: AsyncIterable<Uint8Array>): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

describe("composeMail", () => {
  const message = {
    to: "bob@example.com",
    bcc: "carol@example.com",
    subject: "Grüße",
    text: "Hi\nthere 👋",
    html: "<b>Hi</b>",
  };

  it("writes the same bytes each time, as many as it announces, with Bcc for the service to take out", async () => {
    const composed = (await content(message)).compose(identity);
    const first = await bytes(composed.open());
    expect(await bytes(composed.open())).toBe(first);
    expect(first.length).toBe(composed.sizeBytes);
    expect(first).toContain("\r\nBcc: carol@example.com\r\n");
    expect(first).toContain(`\r\nMessage-ID: ${identity.messageId}\r\n`);
    expect(first).toContain("\r\nDate: Mon, 23 Nov 2026 08:00:00 +0000\r\n");
    expect(first.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
  });

  it("tells what is sent by its content, not by when and under which id", async () => {
    const { payloadHash } = await content(message);
    expect((await content(message)).payloadHash).toBe(payloadHash);
    for (const other of [{ text: "Hi" }, { bcc: [] }, { subject: "Gruß" }, { attachments: [{ content: "x" }] }]) {
      expect((await content({ ...message, ...other })).payloadHash).not.toBe(payloadHash);
    }
  });

  it("does not write a file that has become another since it was looked at", async () => {
    const folder = await mkdtemp(join(tmpdir(), "maigic-compose-"));
    try {
      const path = join(folder, "plan.txt");
      await writeFile(path, "the plan");
      const composed = (await content({ ...message, attachments: [{ path }] })).compose(identity);
      await writeFile(path, "another plan, which is longer");
      await expect(bytes(composed.open())).rejects.toMatchObject({ code: "config.invalid_file" });
      await rm(path);
      await expect(bytes(composed.open())).rejects.toMatchObject({ code: "config.invalid_file" });
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });

  it("names each person once, where they are seen most", async () => {
    const people = {
      to: ["bob@example.com", "Bob <BOB@example.com>"],
      cc: "bob@example.com",
      bcc: "carol@example.com",
    };
    const text = await bytes((await content({ ...message, ...people })).compose(identity).open());
    expect(text.match(/bob@example.com/gi)).toHaveLength(1);
  });

  it("names what is no address as it was given", async () => {
    await expect(content({ ...message, to: "nonsense" })).rejects.toMatchObject({
      code: "request.invalid",
      message: expect.stringContaining('"nonsense" is not one address') as string,
    });
  });

  it("takes a stream to its end, and not beyond what may be sent", async () => {
    const stream = (chunks: number): ReadableStream<Uint8Array> =>
      new ReadableStream({
        start(controller) {
          for (let count = 0; count < chunks; count += 1) controller.enqueue(new Uint8Array(100_000));
          controller.close();
        },
      });
    const file = (chunks: number) => ({ attachments: [{ filename: "a.bin", content: stream(chunks) }] });
    expect((await content({ ...message, ...file(2) })).compose(identity).sizeBytes).toBeGreaterThan(260_000);
    await expect(content({ ...message, ...file(12) })).rejects.toMatchObject({ code: "request.too_large" });
  });
});
