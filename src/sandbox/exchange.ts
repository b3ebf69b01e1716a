import type { IncomingHttpHeaders } from "node:http";

/** A request before its body was read. */
export interface RequestHead {
  readonly httpMethod: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
}

/** An answer as it goes out. */
export interface Outgoing {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
}

/** How an answer reaches the client: as it is, in some broken way, or not at all. */
export type Delivery = "whole" | "truncated" | "garbled" | "slow-drip" | "reset" | "hang";

/** The content type of JSON as Google writes it. */
export const jsonType: Readonly<Record<string, string>> = { "content-type": "application/json; charset=UTF-8" };

/** The content type of a page. */
export const htmlType: Readonly<Record<string, string>> = { "content-type": "text/html; charset=UTF-8" };

/** JSON as Google's endpoints for people and programs print it. */
export function jsonAnswer(status: number, value: unknown): Outgoing {
  return { status, headers: jsonType, body: JSON.stringify(value, undefined, 2) };
}
