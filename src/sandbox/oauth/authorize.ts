import type { SandboxUser, World } from "../world.js";
import { consentPage, errorPage } from "./consent-page.js";
import { describeScope, grantedName, isIdentityScope } from "./scopes.js";

/** What a page request is answered with. */
export interface PageReply {
  readonly status: number;
  readonly html?: string;
  readonly location?: string;
}

interface Request {
  readonly clientId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly state: string | undefined;
  readonly query: URLSearchParams;
}

/** Shows the consent page. @see https://developers.google.com/identity/protocols/oauth2/native-app */
export function showConsent(world: World, query: URLSearchParams): PageReply {
  const request = checkRequest(world, query);
  if ("status" in request) return request;
  const hint = query.get("login_hint")?.toLowerCase();
  const chosen = hint !== undefined && world.users.has(hint) ? hint : world.users.keys().next().value;
  return {
    status: 200,
    html: consentPage({
      users: [...world.users.values()],
      chosen: chosen ?? "",
      scopes: request.scopes.map((scope) => ({
        name: scope,
        description: describeScope(scope) ?? scope,
        required: isIdentityScope(scope),
      })),
      hidden: query,
    }),
  };
}

/** Takes the person's answer and sends the browser back to the client. */
export function answerConsent(world: World, form: URLSearchParams): PageReply {
  const request = checkRequest(world, form);
  if ("status" in request) return request;
  if (form.get("decision") !== "allow") return back(request, { error: "access_denied" });
  const user = world.users.get((form.get("user") ?? "").toLowerCase());
  if (!user) return refuse(400, "invalid_request", "Choose an account.");
  const ticked = new Set(form.getAll("granted"));
  const scopes = request.scopes.filter((scope) => isIdentityScope(scope) || ticked.has(scope)).map(grantedName);
  const code = newCode(world, user, request, scopes);
  return back(request, { code, scope: scopes.join(" "), authuser: "0", prompt: "consent" });
}

function newCode(world: World, user: SandboxUser, request: Request, scopes: readonly string[]): string {
  const { clientId, redirectUri, query } = request;
  const again = (query.get("prompt") ?? "").split(" ").includes("consent");
  return world.grants.newCode({
    clientId,
    user: user.email,
    scopes,
    redirectUri,
    codeChallenge: query.get("code_challenge") ?? undefined,
    codeChallengeMethod: query.get("code_challenge_method") ?? undefined,
    // Google gives a refresh token for offline access at the first consent, and again only when asked to consent anew.
    offline: query.get("access_type") === "offline" && (again || !world.grants.hasConsent(clientId, user.email)),
    nonce: query.get("nonce") ?? undefined,
  });
}

/** Nothing is ever sent back to an address that is not the client's: those errors are shown to the person instead. */
function checkRequest(world: World, query: URLSearchParams): Request | PageReply {
  const clientId = query.get("client_id") ?? "";
  const client = world.clients.find((candidate) => candidate.clientId === clientId);
  if (!client) return refuse(401, "invalid_client", "The OAuth client was not found.");
  const redirectUri = query.get("redirect_uri") ?? "";
  const known = client.type === "web" ? client.redirectUris.includes(redirectUri) : isLoopbackRedirect(redirectUri);
  if (!known) return refuse(400, "redirect_uri_mismatch", `The redirect address ${redirectUri} is not the client's.`);
  if (query.get("response_type") !== "code") return refuse(400, "unsupported_response_type", "Only code is served.");
  const method = query.get("code_challenge_method") ?? "plain";
  if (query.has("code_challenge") && method !== "S256" && method !== "plain") {
    return refuse(400, "invalid_request", "code_challenge_method must be S256 or plain.");
  }
  const scopes = (query.get("scope") ?? "").split(" ").filter(Boolean);
  const unknown = scopes.filter((scope) => describeScope(scope) === undefined);
  if (scopes.length === 0) return refuse(400, "invalid_request", "Missing required parameter: scope");
  if (unknown.length > 0)
    return refuse(400, "invalid_scope", `Some requested scopes were invalid: ${unknown.join(" ")}`);
  return { clientId, redirectUri, scopes, state: query.get("state") ?? undefined, query };
}

/** A desktop client may listen on any port of this machine. */
function isLoopbackRedirect(redirectUri: string): boolean {
  const url = URL.canParse(redirectUri) ? new URL(redirectUri) : undefined;
  return url?.protocol === "http:" && ["127.0.0.1", "localhost", "[::1]"].includes(url.hostname);
}

function back({ redirectUri, state }: Request, parameters: Record<string, string>): PageReply {
  const url = new URL(redirectUri);
  if (state !== undefined) url.searchParams.set("state", state);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { status: 302, location: url.href };
}

function refuse(status: number, error: string, message: string): PageReply {
  return { status, html: errorPage(status, error, message) };
}
