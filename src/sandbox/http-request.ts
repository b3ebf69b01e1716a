import type { IncomingMessage } from "node:http";
import { gunzipSync } from "node:zlib";
import { htmlType, type Outgoing } from "./exchange.js";
import type { Answer } from "./target.js";

const overridable = ["GET", "PUT", "PATCH", "DELETE"];

/** What a request asks for: a POST may stand for another method where a firewall lets nothing else through. */
export function methodOf({ method = "GET", headers }: IncomingMessage): string {
  const wanted = headers["x-http-method-override"]?.toString().toUpperCase();
  return method === "POST" && wanted !== undefined && overridable.includes(wanted) ? wanted : method;
}

/** What lets a page of another origin read the answer; nothing for a program that has none. @see https://fetch.spec.whatwg.org/#http-cors-protocol */
export function corsHeaders({ headers }: IncomingMessage): Record<string, string> {
  const { origin } = headers;
  if (origin === undefined) return {};
  return {
    "access-control-allow-origin": origin,
    "access-control-allow-credentials": "true",
    vary: "Origin, X-Origin",
  };
}

/** What a page of another origin may send. */
export const preflight: Outgoing = {
  status: 200,
  headers: {
    ...htmlType,
    "access-control-allow-methods": "DELETE,GET,HEAD,OPTIONS,PATCH,POST,PUT",
    "access-control-allow-headers":
      "authorization,content-type,content-range,if-match,if-none-match,x-goog-api-client,x-http-method-override,x-upload-content-length,x-upload-content-type",
    "access-control-max-age": "3600",
  },
  body: "",
};

/** More than the largest mail that Gmail takes, in base64. */
const maxBodyBytes = 72 * 1024 * 1024;

/**
 * A request's body, unpacked.
 *
 * @returns the refusal of one that is too large, which is read to its end and not kept, is packed wrongly, or comes with
 *   a method that has none
 */
export async function readBody(request: IncomingMessage, httpMethod: string): Promise<Buffer | Answer> {
  const chunks: Buffer[] = [];
  let sizeBytes = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    sizeBytes += chunk.length;
    if (sizeBytes <= maxBodyBytes) chunks.push(chunk);
    else chunks.splice(0);
  }
  if (sizeBytes > maxBodyBytes) return refusal(413, "Request Entity Too Large");
  if (sizeBytes > 0 && ["GET", "HEAD"].includes(httpMethod)) return refusal(400, "Bad Request");
  const body = unpacked(Buffer.concat(chunks), request.headers["content-encoding"]);
  if (body === undefined) return refusal(400, "Bad Request");
  return body.length > maxBodyBytes ? refusal(413, "Request Entity Too Large") : body;
}

function unpacked(body: Buffer, encoding: string | undefined): Buffer | undefined {
  if (encoding === undefined || encoding === "identity" || body.length === 0) return body;
  if (!/^(x-)?gzip$/i.test(encoding)) return undefined;
  try {
    return gunzipSync(body, { maxOutputLength: maxBodyBytes + 1 });
  } catch {
    return undefined;
  }
}

/** What Google's front end says before any API has seen the request. */
function refusal(status: number, title: string): Answer {
  const body = `<!DOCTYPE html><html lang=en><title>Error ${status} (${title})!!1</title><p><b>${status}.</b> That’s an error.</html>`;
  return { outgoing: { status, headers: htmlType, body } };
}
