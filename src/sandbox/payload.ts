import { ApiError } from "./api-error.js";
import type { UploadedMedia } from "./routes.js";

/** What a call brings along. */
export interface Payload {
  /** Undefined without any. */
  readonly json: unknown;
  readonly media?: UploadedMedia;
}

/** JSON as clients send it; nothing at all is undefined. @throws ApiError 400 */
export function parseJson(body: Buffer): unknown {
  if (body.length === 0) return undefined;
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    throw new ApiError({ code: 400, reason: "parseError", message: "Parse Error" });
  }
}
