import { createHash, randomBytes } from "node:crypto";
import { CodeChallengeMethod, OAuth2Client } from "google-auth-library";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { movedClock, type MovedClock } from "../../../test/support/moved-clock.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const alice = "alice@example.com";
const readonly = "https://www.googleapis.com/auth/gmail.readonly";
const events = "https://www.googleapis.com/auth/calendar.events";
const redirectUri = "http://127.0.0.1:5555/callback";

describe("the sandbox's OAuth, by Google's own client", () => {
  let clock: MovedClock;
  let sandbox: GoogleSandbox;
  beforeEach(async () => {
    clock = movedClock(Date.now());
    sandbox = await createGoogleSandbox({ seed: { users: [{ email: alice }, { email: "bob@example.com" }] }, clock });
  });
  afterEach(() => sandbox.close());

  const registered = (type: "installed" | "web" = "installed") =>
    sandbox.clientFile(type)[type] as { client_id: string; client_secret: string };
  function client(type: "installed" | "web" = "installed", redirect = redirectUri): OAuth2Client {
    const file = registered(type);
    const { url } = sandbox;
    return new OAuth2Client({
      clientId: file.client_id,
      clientSecret: file.client_secret,
      redirectUri: redirect,
      endpoints: {
        oauth2AuthBaseUrl: `${url}/o/oauth2/v2/auth`,
        oauth2TokenUrl: `${url}/token`,
        oauth2RevokeUrl: `${url}/revoke`,
        tokenInfoUrl: `${url}/tokeninfo`,
      },
    });
  }
  const verifier = randomBytes(32).toString("base64url");
  const codeUrl = (of: OAuth2Client, more: object = {}): string =>
    of.generateAuthUrl({
      access_type: "offline",
      scope: ["openid", "email", readonly, events],
      state: "s-1",
      code_challenge: createHash("sha256").update(verifier).digest("base64url"),
      code_challenge_method: CodeChallengeMethod.S256,
      ...more,
    });
  const codeOf = (callback: string): string => new URL(callback).searchParams.get("code") ?? "";
  const refusal = (code: number, error: string) => ({ response: { status: code, data: { error } } });

  it("gives tokens for a code with its verifier, and fresh ones for a refresh token, which is not given again", async () => {
    const google = client();
    const callback = new URL(await sandbox.approve(codeUrl(google), { user: alice }));
    expect(callback.searchParams.get("state")).toBe("s-1");
    const { tokens } = await google.getToken({ code: codeOf(callback.href), codeVerifier: verifier });
    expect(tokens).toMatchObject({ token_type: "Bearer", refresh_token: expect.stringMatching(/^1\/\//) as string });
    expect(tokens.scope?.split(" ").sort()).toEqual(
      ["openid", "https://www.googleapis.com/auth/userinfo.email", readonly, events].sort(),
    );
    const claims = JSON.parse(Buffer.from(tokens.id_token?.split(".")[1] ?? "", "base64url").toString()) as object;
    expect(claims).toMatchObject({ email: alice, iss: sandbox.url });
    google.setCredentials(tokens);
    const { credentials } = await google.refreshAccessToken();
    expect(credentials.access_token).not.toBe(tokens.access_token);
    expect(await google.getTokenInfo(credentials.access_token ?? "")).toMatchObject({ email: alice });
    // Google's client adds the old refresh token to the answer, so the answer itself is looked at.
    const { client_id, client_secret } = registered();
    const refresh_token = tokens.refresh_token ?? "";
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token, client_id, client_secret });
    const answer = (await (await fetch(`${sandbox.url}/token`, { method: "POST", body })).json()) as object;
    expect(answer).toHaveProperty("access_token");
    expect(answer).not.toHaveProperty("refresh_token");
  });

  it("takes a code once, within ten minutes, with its own verifier, client and address", async () => {
    const google = client();
    const fresh = async (): Promise<string> => codeOf(await sandbox.approve(codeUrl(google), { user: alice }));
    await expect(google.getToken({ code: await fresh(), codeVerifier: "wrong" })).rejects.toMatchObject(
      refusal(400, "invalid_grant"),
    );
    await expect(google.getToken({ code: await fresh() })).rejects.toMatchObject(refusal(400, "invalid_grant"));
    const elsewhere = { code: await fresh(), codeVerifier: verifier, redirect_uri: "http://127.0.0.1:1/x" };
    await expect(google.getToken(elsewhere)).rejects.toMatchObject(refusal(400, "redirect_uri_mismatch"));
    const web = client("web");
    await expect(web.getToken({ code: await fresh(), codeVerifier: verifier })).rejects.toMatchObject(
      refusal(400, "invalid_grant"),
    );
    const late = await fresh();
    clock.advance(601_000);
    await expect(google.getToken({ code: late, codeVerifier: verifier })).rejects.toMatchObject(
      refusal(400, "invalid_grant"),
    );
  });

  it("ends the tokens of a code that is used twice", async () => {
    const google = client();
    const code = codeOf(await sandbox.approve(codeUrl(google), { user: alice }));
    const { tokens } = await google.getToken({ code, codeVerifier: verifier });
    await expect(google.getToken({ code, codeVerifier: verifier })).rejects.toMatchObject(
      refusal(400, "invalid_grant"),
    );
    await expect(google.getTokenInfo(tokens.access_token ?? "")).rejects.toMatchObject(refusal(400, "invalid_token"));
  });

  it("refuses a client that is unknown or has the wrong secret", async () => {
    const google = client();
    const code = codeOf(await sandbox.approve(codeUrl(google), { user: alice }));
    google._clientSecret = "wrong";
    await expect(google.getToken({ code, codeVerifier: verifier })).rejects.toMatchObject(
      refusal(401, "invalid_client"),
    );
  });

  it("gives a refresh token only for offline access with a new consent", async () => {
    const google = client();
    const tokens = async (more: object) => {
      const code = codeOf(await sandbox.approve(codeUrl(google, more), { user: alice }));
      return (await google.getToken({ code, codeVerifier: verifier })).tokens;
    };
    expect(await tokens({ access_type: "online" })).not.toHaveProperty("refresh_token");
    expect(await tokens({ prompt: "consent" })).toHaveProperty("refresh_token");
    expect(await tokens({})).not.toHaveProperty("refresh_token");
  });

  it("grants what stays ticked, and says so when the person cancels", async () => {
    const google = client();
    const code = codeOf(await sandbox.approve(codeUrl(google), { user: alice, scopes: [events] }));
    const { tokens } = await google.getToken({ code, codeVerifier: verifier });
    expect(tokens.scope).not.toContain(readonly);
    const denied = new URL(await sandbox.approve(codeUrl(google), { user: alice, deny: true }));
    expect(Object.fromEntries(denied.searchParams)).toEqual({ state: "s-1", error: "access_denied" });
  });

  it("ends the whole grant when any of its tokens is revoked", async () => {
    const google = client();
    const code = codeOf(await sandbox.approve(codeUrl(google), { user: alice }));
    const { tokens } = await google.getToken({ code, codeVerifier: verifier });
    google.setCredentials(tokens);
    await google.revokeToken(tokens.access_token ?? "");
    await expect(google.refreshAccessToken()).rejects.toMatchObject(refusal(400, "invalid_grant"));
  });

  it.each([
    ["an address that is no loopback", { redirect_uri: "https://evil.example/cb" }, 400, "redirect_uri_mismatch"],
    ["a client that nobody registered", { client_id: "nobody" }, 401, "invalid_client"],
    ["a permission that does not exist", { scope: "https://www.googleapis.com/auth/everything" }, 400, "invalid_scope"],
    ["another answer than a code", { response_type: "token" }, 400, "unsupported_response_type"],
  ])("shows an error page, and never redirects, for %s", async (_, wrong, status, error) => {
    const url = new URL(codeUrl(client()));
    for (const [name, value] of Object.entries(wrong)) url.searchParams.set(name, value);
    const page = await fetch(url, { redirect: "manual" });
    expect(page.status).toBe(status);
    expect(page.headers.get("location")).toBeNull();
    expect(await page.text()).toContain(error);
  });

  it("takes a web client's exact address, and any port of this machine for a desktop one", async () => {
    const exact = client("web", "https://app.example/oauth/callback");
    expect(await sandbox.approve(codeUrl(exact), { user: alice })).toMatch(
      /^https:\/\/app\.example\/oauth\/callback\?/,
    );
    await expect(
      sandbox.approve(codeUrl(client("web", "https://app.example/other")), { user: alice }),
    ).rejects.toMatchObject({
      code: "request.invalid",
    });
    expect(await sandbox.approve(codeUrl(client("installed", "http://localhost:1")), { user: alice })).toMatch(
      /^http:\/\/localhost:1/,
    );
  });

  it("lets no outside text into its consent page", async () => {
    const page = await fetch(codeUrl(client(), { state: '"><script>alert(1)</script>' }));
    expect(await page.text()).not.toContain("<script>");
  });

  it("tells who signed in, what it serves, and the keys that its ID tokens are checked with", async () => {
    const { accessToken } = sandbox.issueToken(alice, ["openid", "email"]);
    const info = await fetch(`${sandbox.url}/v1/userinfo`, { headers: { authorization: `Bearer ${accessToken}` } });
    expect(await info.json()).toMatchObject({ email: alice, email_verified: true });
    expect((await fetch(`${sandbox.url}/v1/userinfo`)).status).toBe(401);
    const discovery = (await (await fetch(`${sandbox.url}/.well-known/openid-configuration`)).json()) as {
      jwks_uri: string;
    };
    expect(await (await fetch(discovery.jwks_uri)).json()).toMatchObject({ keys: [{ kty: "RSA", alg: "RS256" }] });
  });
});
