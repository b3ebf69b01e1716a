import { createHash } from "node:crypto";
import { OAuth2Client } from "google-auth-library";
import * as openid from "openid-client";
import { describe, expect, it } from "vitest";
import { alice, events, readonly, redirectUri } from "../../../test/support/oauth-client.js";
import { openOAuthScene } from "../../../test/support/oauth-scene.js";

const refused = (status: number, error: string, error_description: string) => ({
  status,
  json: { error, error_description },
});

describe("the token endpoint", () => {
  it.each([
    ["no grant type", { grant_type: "" }, 400, "unsupported_grant_type", "Invalid grant_type: "],
    ["no client", { client_id: "" }, 400, "invalid_request", "Could not determine client ID from request."],
    ["no secret", { client_secret: "" }, 400, "invalid_request", "client_secret is missing."],
    ["a wrong secret", { client_secret: "x" }, 401, "invalid_client", "Unauthorized"],
    ["an unknown client", { client_id: "x" }, 401, "invalid_client", "The OAuth client was not found."],
    ["no code", {}, 400, "invalid_request", "Missing required parameter: code"],
    ["no redirect address", { code: "4/0" }, 400, "invalid_request", "Missing required parameter: redirect_uri"],
    ["a made-up code", { code: "x", redirect_uri: redirectUri }, 400, "invalid_grant", "Malformed auth code."],
    ["a code that is gone", { code: "4/0", redirect_uri: redirectUri }, 400, "invalid_grant", "Bad Request"],
    ["no token", { grant_type: "refresh_token" }, 400, "invalid_request", "Missing required parameter: refresh_token"],
    ["a made-up token", { grant_type: "refresh_token", refresh_token: "x" }, 400, "invalid_grant", "Bad Request"],
  ] as const)("refuses %s", async (_, parameters, status, error, description) => {
    await using scene = await openOAuthScene();
    const answer = await scene.token({ grant_type: "authorization_code", ...parameters });
    expect(answer).toEqual(refused(status, error, description));
  });

  it("takes a client by HTTP Basic, and tells caches to keep nothing", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token } = await scene.signIn();
    const file = scene.sandbox.clientFile()["installed"] as Record<string, string>;
    const basic = Buffer.from(`${file["client_id"]}:${file["client_secret"]}`).toString("base64");
    const body = new URLSearchParams({ grant_type: "refresh_token", refresh_token: String(refresh_token) });
    const headers = { authorization: `Basic ${basic}` };
    const answer = await fetch(`${scene.sandbox.url}/token`, { method: "POST", headers, body });
    expect([answer.status, answer.headers.get("cache-control")]).toEqual([200, "no-store"]);
  });

  it("refreshes for fewer scopes, never for more, and only its own client's token", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token } = await scene.signIn({ scope: `${readonly} ${events}` });
    expect((await scene.refresh(refresh_token, { scope: events })).json).toMatchObject({ scope: events });
    const more = await scene.refresh(refresh_token, { scope: "https://mail.google.com/" });
    expect(more).toEqual(refused(400, "invalid_scope", "Bad Request"));
    const { client_id, client_secret } = scene.sandbox.clientFile("web")["web"] as Record<string, string>;
    const other = { client_id: client_id ?? "", client_secret: client_secret ?? "" };
    expect(await scene.refresh(refresh_token, other)).toEqual(refused(401, "unauthorized_client", "Unauthorized"));
    expect((await scene.refresh(refresh_token)).json).toMatchObject({ scope: `${readonly} ${events}` });
  });

  it.each([
    ["of 42 characters", "a".repeat(42)],
    ["of 129 characters", "a".repeat(129)],
    ["with a space", " ".repeat(43)],
  ])("refuses a verifier %s, even if it fits", async (_, verifier) => {
    await using scene = await openOAuthScene();
    const code_challenge = createHash("sha256").update(verifier).digest("base64url");
    const url = scene.authorizationUrl({ code_challenge, code_challenge_method: "S256" });
    const code = new URL(await scene.sandbox.approve(url, { user: alice })).searchParams.get("code") ?? "";
    const sent = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    expect(await scene.token(sent)).toEqual(refused(400, "invalid_grant", "Invalid code verifier."));
  });

  it("takes a plain challenge", async () => {
    await using scene = await openOAuthScene();
    const verifier = "~".repeat(43);
    const url = scene.authorizationUrl({ code_challenge: verifier });
    const code = new URL(await scene.sandbox.approve(url, { user: alice })).searchParams.get("code") ?? "";
    const sent = { grant_type: "authorization_code", code, redirect_uri: redirectUri, code_verifier: verifier };
    expect((await scene.token(sent)).status).toBe(200);
  });
});

describe("revoking", () => {
  it.each([
    ["/revoke", "access_token"],
    ["/o/oauth2/revoke", "refresh_token"],
  ])("at %s by the %s ends what all clients of the project have, and nothing else", async (path, kind) => {
    const client = { clientSecret: "s", type: "installed" as const };
    const clients = [
      { ...client, clientId: "one" },
      { ...client, clientId: "two" },
      { ...client, clientId: "three", project: "other" },
    ];
    await using scene = await openOAuthScene({ projects: [{ id: "studio" }, { id: "other" }], clients });
    const signIn = async (client_id: string) => {
      const callback = await scene.sandbox.approve(scene.authorizationUrl({ client_id }), { user: alice });
      const code = new URL(callback).searchParams.get("code") ?? "";
      const grant_type = "authorization_code";
      return (await scene.token({ grant_type, client_id, client_secret: "s", code, redirect_uri: redirectUri })).json;
    };
    const [one, two, three] = [await signIn("one"), await signIn("two"), await signIn("three")];
    const token = String(one[kind]);
    expect((await scene.post(`${path}?token=${encodeURIComponent(token)}`, {})).status).toBe(200);
    const good = await Promise.all([one, two, three].map(({ access_token }) => scene.isGood(access_token)));
    expect(good).toEqual([false, false, true]);
    expect((await scene.refresh(two["refresh_token"], { client_id: "two" })).status).toBe(400);
    expect(await scene.post(path, { token })).toMatchObject({ status: 400, json: { error: "invalid_token" } });
  });
});

describe("what the sandbox says of tokens", () => {
  it("is an ID token that Google's own client believes, with nonce and hash", async () => {
    await using scene = await openOAuthScene();
    const { id_token, access_token } = await scene.signIn({ scope: "openid email profile", nonce: "n-1" });
    const { client_id } = scene.sandbox.clientFile()["installed"] as { client_id: string };
    const { url } = scene.sandbox;
    const endpoints = { oauth2FederatedSignonPemCertsUrl: `${url}/oauth2/v1/certs` };
    const google = new OAuth2Client({ clientId: client_id, endpoints, issuers: [url] });
    const ticket = await google.verifyIdToken({ idToken: String(id_token), audience: client_id });
    const half = createHash("sha256").update(String(access_token)).digest().subarray(0, 16);
    const claims = { email: alice, given_name: "Alice", family_name: "Moreau", nonce: "n-1" };
    expect(ticket.getPayload()).toMatchObject({ ...claims, at_hash: half.toString("base64url") });
    const told = await scene.get(`/tokeninfo?id_token=${String(id_token)}`);
    expect(told.json).toMatchObject({ email: alice, email_verified: "true", alg: "RS256" });
    expect((await scene.get(`/tokeninfo?id_token=${String(id_token).slice(0, -4)}AAAA`)).status).toBe(400);
  });

  it("is the person in both forms, for scopes of identity only", async () => {
    await using scene = await openOAuthScene();
    const { access_token } = await scene.signIn({ scope: "openid email" });
    expect((await scene.get("/oauth2/v3/userinfo", access_token)).json).toMatchObject({ email_verified: true });
    const older = (await scene.get("/oauth2/v2/userinfo", access_token)).json;
    expect(older).toMatchObject({ email: alice, verified_email: true, id: expect.any(String) as string });
    const { access_token: mailOnly } = await scene.signIn();
    for (const version of ["v2", "v3"]) {
      expect((await scene.get(`/oauth2/${version}/userinfo`, mailOnly)).status).toBe(403);
      expect((await scene.get(`/oauth2/${version}/userinfo`, "x")).status).toBe(401);
    }
  });

  it("is found by discovery, and a sign-in by openid-client follows it", async () => {
    await using scene = await openOAuthScene();
    const { client_id, client_secret } = scene.sandbox.clientFile()["installed"] as Record<string, string>;
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- so marked to stand out; the sandbox is on loopback
    const options = { execute: [openid.allowInsecureRequests] };
    const server = new URL(scene.sandbox.url);
    const config = await openid.discovery(server, client_id ?? "", client_secret, undefined, options);
    const verifier = openid.randomPKCECodeVerifier();
    const url = openid.buildAuthorizationUrl(config, {
      redirect_uri: redirectUri,
      scope: "openid email",
      nonce: "n-2",
      code_challenge: await openid.calculatePKCECodeChallenge(verifier),
      code_challenge_method: "S256",
    });
    const callback = new URL(await scene.sandbox.approve(url.href, { user: alice }));
    const checks = { pkceCodeVerifier: verifier, expectedNonce: "n-2" };
    const tokens = await openid.authorizationCodeGrant(config, callback, checks);
    const subject = tokens.claims()?.sub ?? "";
    expect(await openid.fetchUserInfo(config, tokens.access_token, subject)).toMatchObject({ email: alice });
  });

  it("is what an access token is for, in the old and the new form", async () => {
    await using scene = await openOAuthScene();
    const { access_token } = await scene.signIn({ scope: `email ${readonly}` });
    const old = await scene.get(`/oauth2/v1/tokeninfo?access_token=${String(access_token)}`);
    expect(old.json).toMatchObject({ verified_email: true, expires_in: 3599, access_type: "offline" });
    const online = await scene.signIn({ access_type: "online" });
    const told = await scene.post("/oauth2/v3/tokeninfo", { access_token: String(online["access_token"]) });
    expect(told.json).toMatchObject({ expires_in: "3599", access_type: "online" });
    expect(told.json).not.toHaveProperty("email");
  });
});
