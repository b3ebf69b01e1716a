import type { SandboxUser, World } from "../world.js";
import {
  checkRequest,
  refusePage,
  requestParameters,
  type AuthorizationRequest,
  type PageReply,
} from "./authorization-request.js";
import { consentPage } from "./consent-page.js";
import { describeScope, grantedName, isIdentityScope } from "./scopes.js";

export type { PageReply } from "./authorization-request.js";

/** Shows the consent page. @see https://developers.google.com/identity/protocols/oauth2/native-app */
export function showConsent(world: World, query: URLSearchParams): PageReply {
  const request = checkRequest(world, query);
  if ("status" in request) return request;
  if (request.prompts.has("none")) return answerSilently(world, request);
  const hinted = hintedUser(world, request);
  const first = request.prompts.has("select_account") ? undefined : firstUser(world, query.get("hd"));
  return {
    status: 200,
    page: consentPage({
      application: world.registry.projectOf(request.client).id,
      users: [...world.users.values()],
      chosen: (hinted ?? first)?.email,
      scopes: request.scopes.map((scope) => ({
        name: scope,
        description: describeScope(scope) ?? scope,
        required: isIdentityScope(scope),
      })),
      hidden: [...query].filter(([name]) => requestParameters.includes(name)),
      redirectUri: request.redirectUri,
    }),
  };
}

/** Takes the person's answer and sends the browser back to the client. */
export function answerConsent(world: World, form: URLSearchParams): PageReply {
  const request = checkRequest(world, form);
  if ("status" in request) return request;
  if (request.prompts.has("none")) return answerSilently(world, request);
  if (form.get("decision") !== "allow") return back(request, { error: "access_denied" });
  const user = world.users.get((form.get("user") ?? "").toLowerCase());
  if (!user) return refusePage(400, "invalid_request", "Choose an account.");
  const barred = refuseAccount(world, request, user);
  if (barred) return barred;
  const ticked = new Set(form.getAll("granted").map(grantedName));
  const scopes = request.scopes.filter((scope) => isIdentityScope(scope) || ticked.has(scope));
  // Unsure(google): what it answers when every box is unticked and nobody's identity was asked for.
  if (scopes.length === 0) return back(request, { error: "access_denied" });
  const grantSeconds = Number(form.get("grant_seconds") ?? "");
  world.accounts.signIn(user.email);
  return allow(world, request, user, scopes, grantSeconds > 0 ? grantSeconds : undefined);
}

/** Without a page: only where there is nothing to ask. */
function answerSilently(world: World, request: AuthorizationRequest): PageReply {
  const signedIn = [...world.users.values()].filter(({ email }) => world.accounts.isSignedIn(email));
  const hinted = hintedUser(world, request);
  // Unsure(google): it has been seen to say interaction_required for all three.
  if (hinted ? !signedIn.includes(hinted) : signedIn.length === 0) return back(request, { error: "login_required" });
  const user = hinted ?? (signedIn.length === 1 ? signedIn[0] : undefined);
  if (!user) return back(request, { error: "interaction_required" });
  const barred = refuseAccount(world, request, user);
  if (barred) return barred;
  const allowed = world.grants.allowedScopes(request.client.clientId, user.email);
  if (!request.scopes.every((scope) => allowed.has(scope))) return back(request, { error: "consent_required" });
  return allow(world, request, user, request.scopes, undefined);
}

/** Google takes an address or a subject, and ignores what is neither. */
function hintedUser(world: World, { query }: AuthorizationRequest): SandboxUser | undefined {
  const hint = query.get("login_hint")?.toLowerCase() ?? "";
  return world.users.get(hint) ?? [...world.users.values()].find(({ subject }) => subject === hint);
}

/** The account that is chosen for whom nobody was hinted at: one of the organization, where that is asked for. */
function firstUser(world: World, domain: string | null): SandboxUser | undefined {
  const users = [...world.users.values()];
  return users.find(({ email }) => domain !== null && email.endsWith(`@${domain.toLowerCase()}`)) ?? users[0];
}

function refuseAccount(world: World, { client }: AuthorizationRequest, { email }: SandboxUser): PageReply | undefined {
  const { id, inTesting, testUsers } = world.registry.projectOf(client);
  if (inTesting && testUsers && !testUsers.has(email)) {
    return refusePage(
      403,
      "access_denied",
      `${id} has not completed the Google verification process. The app is currently being tested, and can only be accessed by developer-approved testers.`,
    );
  }
  if (!world.accounts.isBlocked(email)) return undefined;
  const reason = "Access to your account data is restricted by policies of your organization.";
  return refusePage(400, "admin_policy_enforced", reason);
}

function allow(
  world: World,
  request: AuthorizationRequest,
  user: SandboxUser,
  scopes: readonly string[],
  grantSeconds: number | undefined,
): PageReply {
  const { client, query, prompts, redirectUri } = request;
  const before = world.grants.allowedScopes(client.clientId, user.email);
  // Google gives a refresh token for offline access at the first consent, and again only when asked to consent anew.
  const anew = prompts.has("consent") || request.scopes.some((scope) => !before.has(scope));
  const offline = query.get("access_type") === "offline" && anew;
  const merged = query.get("include_granted_scopes") === "true" ? [...new Set([...scopes, ...before])] : scopes;
  const code = world.grants.newCode({
    clientId: client.clientId,
    user: user.email,
    scopes: merged,
    redirectUri,
    codeChallenge: query.get("code_challenge") ?? undefined,
    codeChallengeMethod: query.get("code_challenge_method") ?? undefined,
    offline,
    nonce: query.get("nonce") ?? undefined,
    consentedAt: world.clock.now(),
    session: world.accounts.sessionOf(user.email),
    grantSeconds,
  });
  const prompt = prompts.has("none") ? "none" : "consent";
  return back(request, { code, scope: merged.join(" "), authuser: "0", prompt });
}

function back({ redirectUri, state }: AuthorizationRequest, parameters: Record<string, string>): PageReply {
  const url = new URL(redirectUri);
  if (state !== undefined) url.searchParams.set("state", state);
  for (const [name, value] of Object.entries(parameters)) url.searchParams.set(name, value);
  return { status: 302, location: url.href };
}
