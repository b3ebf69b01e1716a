import type { HtmlPage } from "../../core/html-page.js";
import type { World } from "../world.js";
import { errorPage } from "./consent-page.js";
import { findChallengeProblem } from "./pkce.js";
import type { RegisteredClient } from "./registry.js";
import { describeScope, grantedName } from "./scopes.js";

/** What a page request is answered with. */
export interface PageReply {
  readonly status: number;
  readonly page?: HtmlPage;
  readonly location?: string;
}

/** What a client asks for, after it was checked. */
export interface AuthorizationRequest {
  readonly client: RegisteredClient;
  readonly redirectUri: string;
  /** Under the names that they are granted by. */
  readonly scopes: readonly string[];
  readonly prompts: ReadonlySet<string>;
  readonly state: string | undefined;
  readonly query: URLSearchParams;
}

/** Nothing is ever sent back to an address that is not the client's: those errors are shown to the person instead. */
export function checkRequest(world: World, query: URLSearchParams): AuthorizationRequest | PageReply {
  const repeated = requestParameters.find((name) => query.getAll(name).length > 1);
  if (repeated !== undefined) return invalid(`OAuth 2 parameters can only have a single value: ${repeated}`);
  const client = findClient(world, query.get("client_id"));
  if ("status" in client) return client;
  const redirectUri = query.get("redirect_uri") ?? "";
  const parameters = checkRedirect(client, redirectUri) ?? checkParameters(query);
  if (parameters) return parameters;
  const asked = (query.get("scope") ?? "").split(" ").filter(Boolean);
  const unknown = asked.filter((scope) => describeScope(scope) === undefined);
  if (asked.length === 0) return invalid("Missing required parameter: scope");
  if (unknown.length > 0) {
    const valid = asked.filter((scope) => !unknown.includes(scope));
    const lists = `{valid=[${valid.join(", ")}], invalid=[${unknown.join(", ")}]}`;
    return refusePage(400, "invalid_scope", `Some requested scopes were invalid. ${lists}`);
  }
  const prompts = new Set((query.get("prompt") ?? "").split(" ").filter(Boolean));
  const state = query.get("state") ?? undefined;
  return { client, redirectUri, scopes: [...new Set(asked.map(grantedName))], prompts, state, query };
}

/** A page that says why the request is refused. */
export function refusePage(status: number, error: string, message: string): PageReply {
  return { status, page: errorPage(status, error, message) };
}

/** The parameters of a request that the consent page sends along. */
export const requestParameters: readonly string[] = [
  "client_id",
  "redirect_uri",
  "response_type",
  "scope",
  "state",
  "nonce",
  "code_challenge",
  "code_challenge_method",
  "access_type",
  "include_granted_scopes",
  "enable_granular_consent",
  "prompt",
  "login_hint",
  "hd",
];

function findClient(world: World, clientId: string | null): RegisteredClient | PageReply {
  if (!clientId) return invalid("Missing required parameter: client_id");
  const client = world.registry.findClient(clientId);
  if (client === "deleted") return refusePage(401, "deleted_client", "The OAuth client was deleted.");
  return client ?? refusePage(401, "invalid_client", "The OAuth client was not found.");
}

function checkRedirect(client: RegisteredClient, redirectUri: string): PageReply | undefined {
  if (redirectUri === "") return invalid("Missing required parameter: redirect_uri");
  if (redirectUri === "oob" || redirectUri.startsWith("urn:ietf:wg:oauth:2.0:oob")) {
    return invalid("The out-of-band (OOB) flow has been blocked in order to keep users secure.");
  }
  const known = client.type === "web" ? client.redirectUris.includes(redirectUri) : isLoopbackRedirect(redirectUri);
  if (known) return undefined;
  return refusePage(
    400,
    "redirect_uri_mismatch",
    `The redirect URI in the request, ${redirectUri}, does not match the ones authorized for the OAuth client.`,
  );
}

/** A desktop client may listen on any port of this machine. */
function isLoopbackRedirect(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  if (url?.protocol !== "http:" || url.hash !== "" || url.username !== "") return false;
  return ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
}

function checkParameters(query: URLSearchParams): PageReply | undefined {
  const responseType = query.get("response_type");
  if (!responseType) return invalid("Required parameter is missing: response_type");
  if (responseType !== "code") {
    return refusePage(400, "unsupported_response_type", "This sandbox serves the response type code only.");
  }
  const accessType = query.get("access_type") ?? "online";
  if (!["online", "offline"].includes(accessType))
    return invalid(`Invalid parameter value for access_type: ${accessType}`);
  const prompts = (query.get("prompt") ?? "").split(" ").filter(Boolean);
  const unknown = prompts.find((prompt) => !["none", "consent", "select_account"].includes(prompt));
  if (unknown !== undefined) return invalid(`Invalid parameter value for prompt: Invalid prompt: ${unknown}`);
  if (prompts.includes("none") && prompts.length > 1) {
    return invalid("Invalid parameter value for prompt: none cannot be used with other values");
  }
  const problem = findChallengeProblem(query.get("code_challenge"), query.get("code_challenge_method"));
  return problem === undefined ? undefined : invalid(problem);
}

function invalid(message: string): PageReply {
  return refusePage(400, "invalid_request", message);
}
