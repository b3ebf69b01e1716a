import { isLoopback } from "../../core/http.js";
import { ApiError } from "../api-error.js";

/** What a client asks for when it wants to be told of changes. */
export interface ChannelRequest {
  readonly id: string;
  readonly address: string;
  readonly token: string | undefined;
  /** Milliseconds since the epoch. */
  readonly expiresAt: number;
}

const usualSeconds = 604_800;

/**
 * Reads the body of a `watch`.
 *
 * @param lifeDays - the longest that a channel may live
 * @throws ApiError 400
 * @see https://developers.google.com/workspace/calendar/api/guides/push
 */
export function readChannelRequest(body: unknown, nowMs: number, lifeDays: number): ChannelRequest {
  const fields = objectOf(body);
  return {
    id: readId(fields["id"]),
    address: readAddress(checkedType(fields)["address"]),
    token: readToken(fields["token"]),
    expiresAt: Math.min(readExpiration(fields, nowMs), nowMs + lifeDays * 86_400_000),
  };
}

/** A text that a body must have. @throws ApiError 400 */
export function requiredText(value: unknown, name: string): string {
  if (typeof value === "string" && value !== "") return value;
  throw new ApiError({ code: 400, reason: "required", message: `Required: channel.${name}` });
}

/** A JSON object, or an empty one. */
export function objectOf(value: unknown): Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null ? (value as Readonly<Record<string, unknown>>) : {};
}

function readId(value: unknown): string {
  const id = requiredText(value, "id");
  if (/^[A-Za-z0-9\-_+/=]{1,64}$/.test(id)) return id;
  // Unsure(google): the pattern is documented, the words of its refusal are not.
  throw invalid("channel.id must match [A-Za-z0-9\\-_\\+/=]+ and be no longer than 64 characters.");
}

function checkedType(fields: Readonly<Record<string, unknown>>): Readonly<Record<string, unknown>> {
  const type = requiredText(fields["type"], "type");
  if (type === "web_hook" || type === "webhook") return fields;
  // Unsure(google): this refusal is not documented.
  throw new ApiError({
    code: 400,
    reason: "push.channelTypeNotSupported",
    message: `Channel type '${type}' is not supported.`,
  });
}

function readAddress(value: unknown): string {
  const address = requiredText(value, "address");
  const url = URL.canParse(address) ? new URL(address) : undefined;
  // Google takes https only; a receiver on this machine needs no certificate here.
  if (url?.protocol === "https:" || (url?.protocol === "http:" && isLoopback(url))) return address;
  throw new ApiError({
    code: 400,
    reason: "push.webhookUrlNotHttps",
    message: `WebHook callback must be HTTPS: ${address}`,
  });
}

function readToken(value: unknown): string | undefined {
  if (value === undefined || value === null) return undefined;
  if (typeof value === "string" && value.length <= 256 && !/[^\t\x20-\xff]/.test(value)) return value;
  throw invalid("channel.token must be a text of no more than 256 characters that a header can hold.");
}

function readExpiration(fields: Readonly<Record<string, unknown>>, nowMs: number): number {
  const { expiration } = fields;
  if (expiration !== undefined && expiration !== null) {
    const wanted = wholeNumber(expiration, "channel.expiration");
    if (wanted > nowMs) return wanted;
    throw invalid("channel.expiration lies in the past.");
  }
  const ttl = objectOf(fields["params"])["ttl"];
  return nowMs + (ttl === undefined ? usualSeconds : wholeNumber(ttl, "channel.params.ttl")) * 1000;
}

/** Google takes 64-bit numbers as texts and as numbers. */
function wholeNumber(value: unknown, name: string): number {
  const text = typeof value === "string" || typeof value === "number" ? String(value) : "";
  if (/^[1-9]\d{0,15}$/.test(text)) return Number(text);
  throw invalid(`Invalid value for ${name}: ${JSON.stringify(value)}`);
}

function invalid(message: string): ApiError {
  return new ApiError({ code: 400, reason: "invalid", message });
}
