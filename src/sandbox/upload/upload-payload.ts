import { ApiError } from "../api-error.js";
import { jsonPayload, type Payload } from "../payload.js";
import { boundaryOf, splitMultipart } from "../multipart.js";
import type { Match, UploadedMedia } from "../routes.js";

/** What an upload says, when its body is the media alone. @throws ApiError 400 for another type, 413 */
export function mediaPayload(contentType: string | undefined, content: Buffer, maxBytes: number): Payload {
  return { json: undefined, media: checkedMedia(contentType, content, maxBytes) };
}

/**
 * What an upload says that brings JSON and media in one body.
 *
 * @throws ApiError 400 for anything but those two in this order, 413
 * @see https://developers.google.com/workspace/gmail/api/guides/uploads#multipart
 */
export function multipartPayload(contentType: string | undefined, body: Buffer, match: Match): Payload {
  const boundary = boundaryOf(contentType, "related") ?? boundaryOf(contentType, "mixed");
  if (boundary === undefined) throw badContent("Missing multipart boundary, or the body is no multipart/related.");
  const parts = splitMultipart(body, boundary);
  if (!parts) throw badContent("Missing end boundary in multipart body.");
  const [metadata, media, ...more] = parts;
  if (!metadata || !media || more.length > 0) {
    throw badContent(`Invalid multipart request with ${parts.length} mime parts.`);
  }
  const decoded = isBase64(media.headers) ? Buffer.from(media.body.toString("latin1"), "base64") : media.body;
  const checked = checkedMedia(media.headers["content-type"], decoded, match.route.maxUploadBytes ?? 0);
  return { ...jsonPayload(metadata.body, match, metadata.headers["content-type"]), media: checked };
}

/** @throws ApiError 400 for a type that Gmail does not take. @see https://developers.google.com/workspace/gmail/api/guides/uploads */
export function checkMediaType(contentType: string | undefined): void {
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "application/octet-stream";
  if (type.startsWith("message/")) return;
  throw badContent(`Media type '${type}' is not supported. Valid media types: [message/*]`);
}

/** @throws ApiError 413 */
export function checkMediaSize(sizeBytes: number, maxBytes: number): void {
  if (sizeBytes <= maxBytes) return;
  throw new ApiError({
    code: 413,
    reason: "uploadTooLarge",
    message: `Media larger than maximum allowed size: ${maxBytes} bytes.`,
  });
}

/** 400 for a body that is not what an upload should be. */
export function badContent(message: string): ApiError {
  return new ApiError({ code: 400, reason: "badContent", message });
}

function checkedMedia(contentType: string | undefined, content: Buffer, maxBytes: number): UploadedMedia {
  checkMediaType(contentType);
  checkMediaSize(content.length, maxBytes);
  return { contentType: contentType ?? "message/rfc822", content };
}

function isBase64(headers: Readonly<Record<string, string>>): boolean {
  return headers["content-transfer-encoding"]?.toLowerCase() === "base64";
}
