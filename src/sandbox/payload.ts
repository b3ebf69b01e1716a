import { ApiError, gmailInvalid } from "./api-error.js";
import { checkedBody } from "./gmail/check-body.js";
import { invalidQueryNames } from "./parameters.js";
import type { Match, UploadedMedia } from "./routes.js";

/** What a call brings along. */
export interface Payload {
  /** Undefined without any. */
  readonly json: unknown;
  readonly media?: UploadedMedia;
}

/** A body of JSON as a method takes it; nothing at all is undefined. @throws ApiError 400 */
export function jsonPayload(body: Buffer, { route, style }: Match, contentType: string | undefined): Payload {
  // Unsure(google): how much JSON it takes where uploads are the way to bring more; here as much as they do, in base64.
  const maxBytes = Math.ceil((route.maxUploadBytes ?? Infinity) / 3) * 4 + 65_536;
  if (body.length > maxBytes) throw gmailInvalid(`Request payload size exceeds the limit: ${maxBytes} bytes.`);
  if (body.length === 0) return { json: undefined };
  const type = contentType?.split(";", 1)[0]?.trim().toLowerCase() ?? "application/json";
  if (type === "application/x-www-form-urlencoded") throw formRefusal(body, style);
  // Pages that send JSON by fetch() and name no type send it as plain text, and are served.
  if (type !== "application/json" && type !== "text/plain") {
    const message = `Unsupported content with type: ${type}`;
    throw new ApiError({ code: 400, reason: "badContent", message });
  }
  const json = parseJson(body, style);
  // Calendar passes over what it does not know.
  return { json: style === "gmail" ? checkedBody(route.name, json) : json };
}

/** As protocol buffers are limited. @see https://protobuf.dev/programming-guides/proto-limits/#depth */
const mostLevels = 100;

function parseJson(body: Buffer, style: Match["style"]): unknown {
  try {
    const json: unknown = JSON.parse(body.toString("utf8"));
    if (!isDeeper(json, mostLevels)) return json;
    throw new SyntaxError("Message too deep.");
  } catch {
    const message = style === "gmail" ? "Invalid JSON payload received. Parse Error" : "Parse Error";
    throw new ApiError({ code: 400, reason: "parseError", message });
  }
}

function isDeeper(json: unknown, levels: number): boolean {
  let level: unknown[] = [json];
  for (let depth = 0; level.length > 0; depth += 1) {
    if (depth > levels) return true;
    level = level.flatMap((each): unknown[] => (typeof each === "object" && each !== null ? Object.values(each) : []));
  }
  return false;
}

/** A form's fields would be parameters to Gmail, which has none of these names; Calendar reads no forms at all. */
function formRefusal(body: Buffer, style: Match["style"]): ApiError {
  if (style === "gmail") return invalidQueryNames([...new URLSearchParams(body.toString("utf8")).keys()]);
  const message = "This API does not support parsing form-encoded input.";
  return new ApiError({ code: 400, reason: "parseError", message });
}
