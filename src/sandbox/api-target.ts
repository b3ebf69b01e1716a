import type { AnswerContext } from "./answer-request.js";
import { answerType } from "./answer-fields.js";
import { ApiError, errorAnswer, insufficientScopes, type Refusal } from "./api-error.js";
import { calendarAnswers } from "./calendar/answers.js";
import { jsonType, type Outgoing, type RequestHead } from "./exchange.js";
import { gmailAnswers } from "./gmail/answers.js";
import type { AccessToken } from "./oauth/grants.js";
import { bearerOf } from "./oauth/endpoints.js";
import { checkParameters } from "./parameters.js";
import { parseFields, selectFields, type FieldMask } from "./partial-response.js";
import { jsonPayload, type Payload } from "./payload.js";
import type { Quota } from "./quota.js";
import type { ApiCall, ApiReply, Match } from "./routes.js";
import type { Answer, Target } from "./target.js";
import type { SandboxUser, World } from "./world.js";

/** What calls of an API work with. */
export interface ApiContext extends AnswerContext {
  readonly quota: Quota;
  /** Waits as long as every answer takes. */
  readonly delay: () => Promise<void>;
}

/** How a call differs from the usual. */
export interface CallOptions {
  /** Whose it is; default: that of the request's token. */
  readonly access?: AccessToken | undefined;
  /** What its body says; default: JSON. */
  readonly payload?: ((body: Buffer) => Payload) | undefined;
  /** Whether it costs no quota units. */
  readonly free?: boolean | undefined;
}

/** A call of one of Google's methods. */
export function apiTarget(context: ApiContext, head: RequestHead, match: Match, options: CallOptions = {}): Target {
  const access = "access" in options ? options.access : accessOf(context, head);
  return {
    name: match.route.name,
    user: access?.user,
    run: (body) => callApi(context, head, match, { ...options, access }, body),
  };
}

/** Whether a request says who it is from. */
export function hasToken(head: RequestHead): boolean {
  return tokenOf(head) !== undefined;
}

/** What a request's token allows, or undefined when it has none that is good. */
export function accessOf({ world }: ApiContext, head: RequestHead): AccessToken | undefined {
  const token = tokenOf(head);
  return token === undefined ? undefined : world.grants.findAccess(token);
}

function tokenOf({ headers, url }: RequestHead): string | undefined {
  const query = url.searchParams;
  return bearerOf(headers.authorization) ?? query.get("access_token") ?? query.get("oauth_token") ?? undefined;
}

async function callApi(
  context: ApiContext,
  head: RequestHead,
  match: Match,
  { access, payload = (bytes) => jsonPayload(bytes, match, head.headers["content-type"]), free = false }: CallOptions,
  body: Buffer,
): Promise<Answer> {
  const { world, quota } = context;
  const { route } = match;
  const query = head.url.searchParams;
  let facts: Omit<Answer, "outgoing"> = {};
  let entered: string | undefined;
  try {
    const { user, scopes, clientId } = authenticate(world, access);
    const allowing = requireScope(scopes, match);
    facts = { scope: allowing[0] };
    checkParameters(query, route.parameters ?? [], match.style);
    const quotaUser = query.get("quotaUser") ?? user.email;
    quota.enter(quotaUser);
    entered = quotaUser;
    const project = world.registry.projectIdOf(clientId);
    if (!free) facts = { ...facts, units: quota.spend(route.name, project, quotaUser) };
    const mask = maskOf(query, match);
    const { json, media } = payload(body);
    const call: ApiCall = {
      world,
      user,
      scopes: new Set(allowing),
      project,
      isServiceAccount: [...world.registry.serviceAccounts.values()].some((each) => each.clientId === clientId),
      path: match.path,
      query,
      headers: head.headers,
      body: json,
      ...(media && { media }),
    };
    const reply = await route.handle(call);
    if (route.method !== "GET") world.channels.look();
    await context.delay();
    return { ...facts, outgoing: apiOutgoing(reply, head, match, mask) };
  } catch (error) {
    await context.delay();
    const refusal = error instanceof ApiError ? error.refusal : backendError(error);
    const defect = error instanceof ApiError ? undefined : error;
    return { ...facts, outgoing: errorAnswer(refusal, match.style, query.get("$.xgafv") === "2"), defect };
  } finally {
    if (entered !== undefined) quota.leave(entered);
  }
}

function authenticate(
  world: World,
  access: AccessToken | undefined,
): { user: SandboxUser; scopes: readonly string[]; clientId: string } {
  if (!access) throw new ApiError(unauthenticated);
  const user = world.users.get(access.user);
  // A service account that acts for nobody has no mailbox. Unsure(google): it has an empty calendar of its own.
  if (!user)
    throw new ApiError({
      code: 400,
      reason: "failedPrecondition",
      message: "Precondition check failed.",
      status: "FAILED_PRECONDITION",
    });
  return { user, scopes: access.scopes, clientId: access.clientId };
}

/** @returns the scopes that allow it, at least one. @throws ApiError 403 */
function requireScope(scopes: readonly string[], { route }: Match): string[] {
  const allowing = route.scopes.filter((each) => scopes.includes(each));
  if (allowing.length > 0) return allowing;
  throw insufficientScopes({
    headers: {
      "www-authenticate": `Bearer realm="https://accounts.google.com/", error="insufficient_scope", scope="${route.scopes.join(" ")}"`,
    },
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT",
        domain: "googleapis.com",
        metadata: {
          method: route.name,
          service: route.name.startsWith("gmail") ? "gmail.googleapis.com" : "calendar-json.googleapis.com",
        },
      },
    ],
  });
}

const unauthenticated: Refusal = {
  code: 401,
  reason: "authError",
  message:
    "Request had invalid authentication credentials. Expected OAuth 2 access token, login cookie or other valid authentication credential. See https://developers.google.com/identity/sign-in/web/devconsole-project.",
  location: "Authorization",
  locationType: "header",
  headers: { "www-authenticate": 'Bearer realm="https://accounts.google.com/", error="invalid_token"' },
};

/** A defect of the sandbox's own, told so that whoever looks at the answer or the log finds it. */
function backendError(error: unknown): Refusal {
  const message = `The sandbox broke: ${error instanceof Error ? error.message : String(error)}`;
  return { code: 500, reason: "backendError", message };
}

/** What of the answer is wanted: known before the call does anything. @throws ApiError 400 */
function maskOf(query: URLSearchParams, { route, style }: Match): FieldMask {
  const fields = query.get("fields");
  if (fields === null) return "all";
  return parseFields(fields, answerType(style === "gmail" ? gmailAnswers : calendarAnswers, route.name), style);
}

function apiOutgoing(
  { status, json, headers }: ApiReply,
  { httpMethod, url, headers: asked }: RequestHead,
  { style }: Match,
  mask: FieldMask,
): Outgoing {
  if (json === undefined) return { status: status ?? 204, headers: headers ?? {}, body: "" };
  const etag = style === "calendar" ? etagOf(json) : undefined;
  const versioned = { ...headers, ...(etag !== undefined && { etag }) };
  if (httpMethod === "GET" && etag !== undefined && asked["if-none-match"] === etag) {
    return { status: 304, headers: versioned, body: "" };
  }
  const indent = url.searchParams.get("prettyPrint") === "false" ? undefined : 2;
  const body = JSON.stringify(selectFields(json, mask), undefined, indent);
  return { status: status ?? 200, headers: { ...jsonType, ...versioned }, body };
}

/** The version of what is answered. @see https://developers.google.com/workspace/calendar/api/guides/version-resources */
function etagOf(json: unknown): string | undefined {
  const etag: unknown = typeof json === "object" && json !== null ? Reflect.get(json, "etag") : undefined;
  return typeof etag === "string" ? etag : undefined;
}
