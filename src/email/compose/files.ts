import { createReadStream } from "node:fs";
import { stat } from "node:fs/promises";
import { basename } from "node:path";
import type { Readable } from "node:stream";
import { integrationError } from "../../core/errors.js";
import type { OutgoingAttachment } from "../outgoing.js";
import { requireOneLine, wrongField } from "./fields.js";

/** A file to send along, whose bytes can be read as often as they are needed. */
export interface OutgoingFile {
  readonly filename: string;
  readonly mimeType: string | undefined;
  readonly contentId: string | undefined;
  readonly open: () => Uint8Array | Readable;
}

const mimeType = /^[\w.+-]{1,100}\/[\w.+-]{1,100}$/;
const contentId = /^[^\s<>()[\]\\,;:"]{1,200}$/;

/**
 * Files as they may be given: bytes and text are taken as they are, a stream is read to its end, a path is read when the
 * mail leaves.
 *
 * @param maxBytes - of all of them together
 * @throws RequestError `request.invalid` naming the field, `request.too_large`; ConfigurationError `config.invalid_file`
 */
export async function openFiles(attachments: readonly OutgoingAttachment[], maxBytes: number): Promise<OutgoingFile[]> {
  let left = maxBytes;
  const files: OutgoingFile[] = [];
  for (const [index, attachment] of attachments.entries()) {
    const field = `attachments.${index}`;
    const { open, sizeBytes } = await openSource(field, attachment, left);
    left -= sizeBytes;
    if (left < 0) throw tooLarge(maxBytes);
    const given = attachment.filename ?? ("path" in attachment ? basename(attachment.path) : `attachment-${index + 1}`);
    files.push({
      filename: requireOneLine(`${field}.filename`, given),
      mimeType: requireShape(`${field}.mimeType`, attachment.mimeType, mimeType, "image/png"),
      contentId: requireShape(`${field}.contentId`, attachment.contentId, contentId, "logo@example.com"),
      open,
    });
  }
  return files;
}

/** @returns the error for a mail that is too large to be sent */
export function tooLarge(maxBytes: number): Error {
  return integrationError("request.too_large", {
    message: `The mail would be over ${Math.floor(maxBytes / 1024 / 1024)} MB.`,
    hint: "Send fewer or smaller files, or a link to them.",
  });
}

interface Source {
  readonly open: OutgoingFile["open"];
  readonly sizeBytes: number;
}

async function openSource(field: string, attachment: OutgoingAttachment, maxBytes: number): Promise<Source> {
  if ("path" in attachment) return openPath(field, attachment.path);
  const { content } = attachment;
  const bytes =
    typeof content === "string"
      ? Buffer.from(content)
      : content instanceof Uint8Array
        ? content
        : await readAll(content, maxBytes);
  return { open: () => bytes, sizeBytes: bytes.byteLength };
}

async function openPath(field: string, path: string): Promise<Source> {
  const facts = await stat(requireOneLine(`${field}.path`, path)).catch((cause: unknown) => {
    throw unreadableFile(path, cause);
  });
  if (!facts.isFile()) throw unreadableFile(path, undefined);
  return { open: () => createReadStream(path), sizeBytes: facts.size };
}

async function readAll(stream: ReadableStream<Uint8Array>, maxBytes: number): Promise<Uint8Array> {
  const chunks: Uint8Array[] = [];
  let sizeBytes = 0;
  for await (const chunk of stream) {
    sizeBytes += chunk.byteLength;
    if (sizeBytes > maxBytes) throw tooLarge(maxBytes);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function requireShape(field: string, value: string | undefined, shape: RegExp, example: string): string | undefined {
  if (value === undefined || shape.test(value)) return value;
  throw wrongField(field, `"${value.slice(0, 60)}" is none`, `Give one such as ${example}.`);
}

/** @returns the error for a file that cannot be attached */
export function unreadableFile(path: string, cause: unknown): Error {
  return integrationError("config.invalid_file", {
    message: `${path} cannot be attached.`,
    hint: "Name a file that exists and may be read.",
    details: { file: path },
    cause,
  });
}
