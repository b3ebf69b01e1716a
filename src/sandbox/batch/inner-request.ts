import type { RequestHead } from "../exchange.js";
import { splitPart, type MultipartPart } from "../multipart.js";

/** A request inside a batch. */
export interface InnerRequest {
  readonly head: RequestHead;
  readonly body: Buffer;
}

/**
 * Reads the request that a part of a batch holds.
 *
 * @param outer - whose headers, but for those about its content, and whose parameters hold for each part that has no own
 * @returns undefined for what is no request
 * @see https://developers.google.com/workspace/gmail/api/guides/batch#format-of-a-batch-request
 */
export function readInnerRequest(part: MultipartPart, outer: RequestHead): InnerRequest | undefined {
  if (!/^application\/http\b/i.test(part.headers["content-type"] ?? "")) return undefined;
  const text = part.body.toString("latin1");
  const line = /^\s*([A-Z]+)[ \t]+(\S+)(?:[ \t]+HTTP\/[\d.]+)?[ \t]*(?:\r?\n|$)/.exec(text);
  const [whole, httpMethod, address] = line ?? [];
  const url = address === undefined ? undefined : urlOf(address, outer.url);
  if (whole === undefined || httpMethod === undefined || !url) return undefined;
  const { headers, body } = splitPart(part.body.subarray(whole.length));
  return {
    head: { httpMethod, url, headers: { ...inherited(outer), ...headers } },
    body: contentOf(body, headers["content-length"]),
  };
}

/**
 * Unsure(google): the guide allows nothing but a path; Google's own client for Java sends whole addresses, which are
 * therefore taken, whatever their host.
 */
function urlOf(address: string, outer: URL): URL | undefined {
  const path = address.replace(/^https?:\/\/[^/]*/i, "");
  const base = `${outer.origin}/`;
  if (!URL.canParse(path, base)) return undefined;
  const url = new URL(path, base);
  for (const [name, value] of outer.searchParams) if (!url.searchParams.has(name)) url.searchParams.append(name, value);
  return url.origin === outer.origin ? url : undefined;
}

const ownOfConnection = /^(content-.*|accept-encoding|connection|expect|host|keep-alive|te|trailer|transfer-encoding)$/;

function inherited({ headers }: RequestHead): RequestHead["headers"] {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => !ownOfConnection.test(name)));
}

/** Without a length the line breaks before the next boundary would be taken for a body. */
function contentOf(body: Buffer, contentLength: string | undefined): Buffer {
  if (contentLength !== undefined && /^\d{1,9}$/.test(contentLength)) return body.subarray(0, Number(contentLength));
  return body.toString("latin1").trim() === "" ? Buffer.alloc(0) : body;
}
