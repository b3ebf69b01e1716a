import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeAttachment } from "./attachment-data.js";

async function* pieces(text: string, size: number): AsyncGenerator<Uint8Array> {
  for (let at = 0; at < text.length; at += size) yield await Promise.resolve(Buffer.from(text.slice(at, at + size)));
}

async function decoded(json: string, size = 7): Promise<string> {
  const chunks: Uint8Array[] = [];
  for await (const chunk of decodeAttachment(pieces(json, size))) chunks.push(chunk);
  return Buffer.concat(chunks).toString("latin1");
}

describe("decodeAttachment", () => {
  it.each([
    ['{"size": 5, "data": "aGVsbG8="}', "hello"],
    ['{"data":"aGVsbG8"}', "hello"],
    ['{\n  "data": "aGVsbG8\\u003d",\n  "size": 5\n}', "hello"],
    ['{"note": "\\"data\\": \\"bm8=\\"", "inner": {"data": "bm8="}, "data": "aGVsbG8="}', "hello"],
    ['{"list": ["data", "bm8="], "data": "_-8="}', "\xff\xef"],
    ['{"data": ""}', ""],
  ])("finds the bytes in %s, however it is cut", async (json, bytes) => {
    for (const size of [1, 2, 7, 1000]) expect(await decoded(json, size)).toBe(bytes);
  });

  it.each(['{"size": 5, "data": "aGVs', '{"data": "aGVsbG8="', '{"size": 5}', "<html>", ""])(
    "says that %j broke off",
    async (json) => {
      await expect(decoded(json)).rejects.toMatchObject({ code: "connection.network" });
    },
  );

  it("gives back whatever was packed", async () => {
    await fc.assert(
      fc.asyncProperty(fc.uint8Array({ maxLength: 500 }), fc.integer({ min: 1, max: 97 }), async (bytes, size) => {
        const json = JSON.stringify({ size: bytes.length, data: Buffer.from(bytes).toString("base64url") });
        expect(await decoded(json, size)).toBe(Buffer.from(bytes).toString("latin1"));
      }),
    );
  });
});
