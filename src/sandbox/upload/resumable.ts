import { ApiError } from "../api-error.js";
import type { ApiCall, ApiReply, Route } from "../routes.js";
import { parseContentRange, type ContentRange } from "./content-range.js";
import type { UploadSession, UploadSessions } from "./sessions.js";
import { checkMediaSize, checkMediaType } from "./upload-payload.js";

/** All pieces but the last are kept in multiples of this. */
const pieceBytes = 256 * 1024;

/** Announces an upload: the answer's Location is where its bytes go. @throws ApiError 400 for another type, 413 */
export function startSession(
  sessions: UploadSessions,
  announced: Pick<UploadSession, "match" | "access">,
  url: URL,
  { headers, body }: ApiCall,
): ApiReply {
  const given = headers["x-upload-content-type"]?.toString();
  // Unsure(google): a client that announces no type is taken at its word that this is a mail.
  if (given !== undefined) checkMediaType(given);
  const length = headers["x-upload-content-length"]?.toString();
  if (length !== undefined && !/^\d{1,15}$/.test(length)) throw badRange("Invalid X-Upload-Content-Length header.");
  const total = length === undefined ? undefined : Number(length);
  checkMediaSize(total ?? 0, maxBytesOf(announced.match.route));
  const session = sessions.start({ ...announced, metadata: body, contentType: given ?? "message/rfc822", total });
  const location = new URL(url);
  for (const secret of ["access_token", "oauth_token", "key"]) location.searchParams.delete(secret);
  location.searchParams.set("upload_id", session.id);
  return { status: 200, headers: { ...uploadHeaders(session), location: location.href } };
}

/**
 * Takes a piece of an upload, the whole of it, or the question what has arrived.
 *
 * @param finish - carries out the call when everything is there; what it throws leaves the last piece to be sent again
 * @throws ApiError 400 for a piece that does not fit, 413
 */
export async function continueSession(
  session: UploadSession,
  contentRange: string | undefined,
  body: Buffer,
  finish: (content: Buffer) => Promise<ApiReply>,
): Promise<ApiReply> {
  if (session.done) return session.done;
  const range = rangeOf(contentRange, body);
  const total = totalOf(session, range);
  checkMediaSize(Math.max(total ?? 0, (range.begin ?? 0) + body.length), maxBytesOf(session.match.route));
  if (range.begin === undefined) return incomplete(session);
  if (range.begin > session.received) {
    throw badRange(
      `Invalid request. According to the Content-Range header, the upload offset is ${range.begin} byte(s), which exceeds already uploaded size of ${session.received} byte(s).`,
    );
  }
  // What has arrived already is passed over when it comes again.
  const fresh = body.subarray(session.received - range.begin);
  const isLast = total !== undefined && range.begin + body.length === total;
  if (!isLast) {
    keep(session, range, fresh);
    session.total = total;
    return incomplete(session);
  }
  const done = await finish(Buffer.concat([...session.pieces, fresh]));
  session.pieces.splice(0);
  session.done = { ...done, headers: { ...done.headers, ...uploadHeaders(session) } };
  return session.done;
}

/** A piece in the middle: what is beyond a multiple of 256 KiB has to be sent again. */
function keep(session: UploadSession, range: ContentRange, fresh: Buffer): void {
  if (range.length < pieceBytes) {
    throw badRange(
      `Invalid request. The number of bytes uploaded is required to be equal or greater than ${pieceBytes}, except for the final request (it's recommended to be the exact multiple of ${pieceBytes}). The received request contained ${range.length} bytes, which does not meet this requirement.`,
    );
  }
  const kept = fresh.subarray(0, fresh.length - (fresh.length % pieceBytes));
  if (kept.length === 0) return;
  session.pieces.push(Buffer.from(kept));
  session.received += kept.length;
}

function rangeOf(contentRange: string | undefined, body: Buffer): ContentRange {
  if (contentRange === undefined) return { begin: 0, length: body.length, total: body.length };
  const range = parseContentRange(contentRange);
  if (!range) throw badRange("Failed to parse Content-Range header.");
  if (range.length === body.length) return range;
  throw badRange(
    `Invalid request. The Content-Range header announces ${range.length} byte(s), the request has ${body.length}.`,
  );
}

/** How large the upload will be, once anybody has said. @throws ApiError 400 when two sizes were said */
function totalOf(session: UploadSession, { total }: ContentRange): number | undefined {
  if (session.total === undefined || total === undefined) return total ?? session.total;
  if (session.total === total) return total;
  throw badRange(`Invalid request. The upload was announced with ${session.total} byte(s), not with ${total}.`);
}

/** What a client learns before everything is there. Without a Range nothing has arrived. */
function incomplete(session: UploadSession): ApiReply {
  const range = session.received > 0 ? { range: `bytes=0-${session.received - 1}` } : {};
  return { status: 308, headers: { ...uploadHeaders(session), ...range } };
}

function uploadHeaders({ id }: UploadSession): Record<string, string> {
  return { "x-guploader-uploadid": id };
}

function maxBytesOf({ maxUploadBytes = 0 }: Route): number {
  return maxUploadBytes;
}

function badRange(message: string): ApiError {
  return new ApiError({ code: 400, reason: "badRequest", message });
}
