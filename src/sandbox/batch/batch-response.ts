import type { Outgoing } from "../exchange.js";

/** The answer to one part of a batch. */
export interface InnerAnswer {
  /** The part's own Content-ID. */
  readonly contentId: string | undefined;
  readonly outgoing: Outgoing;
}

/** What the answers to a batch's parts are together. @see https://developers.google.com/workspace/gmail/api/guides/batch#response-to-a-batch-request */
export function batchOutgoing(answers: readonly InnerAnswer[], boundary: string): Outgoing {
  const parts = answers.flatMap((answer) => [Buffer.from(`--${boundary}\r\n`), partOf(answer), Buffer.from("\r\n")]);
  return {
    status: 200,
    headers: { "content-type": `multipart/mixed; boundary=${boundary}` },
    body: Buffer.concat([...parts, Buffer.from(`--${boundary}--\r\n`)]),
  };
}

function partOf({ contentId, outgoing: { status, headers, body } }: InnerAnswer): Buffer {
  const content = Buffer.from(body);
  const lines = [
    "Content-Type: application/http",
    ...(contentId === undefined ? [] : [`Content-ID: ${responseId(contentId)}`]),
    "",
    `HTTP/1.1 ${status} ${reasonPhrases[status] ?? ""}`.trimEnd(),
    ...Object.entries(headers).map(([name, value]) => `${name.replace(/\b[a-z]/g, (c) => c.toUpperCase())}: ${value}`),
    `Content-Length: ${content.length}`,
    "",
    "",
  ];
  return Buffer.concat([Buffer.from(lines.join("\r\n")), content]);
}

/** `<item1>` is answered as `<response-item1>`. */
function responseId(contentId: string): string {
  return contentId.startsWith("<") ? `<response-${contentId.slice(1)}` : `response-${contentId}`;
}

const reasonPhrases: Readonly<Record<number, string>> = {
  200: "OK",
  204: "No Content",
  304: "Not Modified",
  400: "Bad Request",
  401: "Unauthorized",
  403: "Forbidden",
  404: "Not Found",
  409: "Conflict",
  410: "Gone",
  412: "Precondition Failed",
  429: "Too Many Requests",
  500: "Internal Server Error",
  502: "Bad Gateway",
  503: "Service Unavailable",
  504: "Gateway Timeout",
};
