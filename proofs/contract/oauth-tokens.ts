import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { alice, readonly, redirectUri } from "../../test/support/oauth-client.js";
import { shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import type { Google } from "./google.js";

const webServer = "https://developers.google.com/identity/protocols/oauth2/web-server";

const invalidGrant = { status: 400, json: { error: "invalid_grant" } };

/** A fresh code, and the way to exchange it. */
async function codeOf(
  { oauth, sandbox }: Google,
  parameters: Record<string, string> = {},
): Promise<(more?: Record<string, string>) => Promise<unknown>> {
  const callback = await sandbox.approve(oauth.authorizationUrl(parameters), { user: alice });
  const code = new URL(callback).searchParams.get("code") ?? "";
  return (more = {}) => oauth.token({ grant_type: "authorization_code", code, redirect_uri: redirectUri, ...more });
}

/** Codes and tokens, and whom they tell of. */
export const tokens: Chapter = {
  title: "OAuth: tokens",
  source: "https://developers.google.com/identity/protocols/oauth2/native-app",
  behaviours: [
    {
      says: "a code gives an access token, its seconds, its scopes and a refresh token",
      check: async ({ oauth }) => {
        const given = await oauth.signIn();
        shows(given, { expires_in: 3599, scope: readonly, token_type: "Bearer" });
        assert.match(String(given["access_token"]), /^ya29\./);
        assert.match(String(given["refresh_token"]), /^1\/\//);
      },
    },
    {
      says: "a code is good once",
      check: async (google) => {
        const exchange = await codeOf(google);
        shows(await exchange(), { status: 200 });
        shows(await exchange(), invalidGrant);
      },
    },
    {
      says: "a code is good with its own S256 verifier only",
      check: async (google) => {
        const verifier = "v".repeat(43);
        const challenge = {
          code_challenge: createHash("sha256").update(verifier).digest("base64url"),
          code_challenge_method: "S256",
        };
        shows(await (await codeOf(google, challenge))({ code_verifier: "w".repeat(43) }), invalidGrant);
        shows(await (await codeOf(google, challenge))(), invalidGrant);
        shows(await (await codeOf(google, challenge))({ code_verifier: verifier }), { status: 200 });
      },
    },
    {
      says: "a wrong client secret is invalid_client with 401",
      check: async ({ oauth }) => {
        shows(await oauth.token({ grant_type: "authorization_code", client_secret: "wrong" }), {
          status: 401,
          json: { error: "invalid_client" },
        });
      },
    },
    {
      says: "another grant type is refused as unsupported",
      check: async ({ oauth }) => {
        shows(await oauth.token({ grant_type: "password" }), {
          status: 400,
          json: { error: "unsupported_grant_type" },
        });
      },
    },
    {
      says: "a refresh token comes with offline access only",
      source: webServer,
      check: async ({ oauth }) => {
        assert.equal("refresh_token" in (await oauth.signIn({ access_type: "online" })), false);
        assert.equal("refresh_token" in (await oauth.signIn({ access_type: "offline" })), true);
      },
    },
    {
      says: "a second sign-in gives a refresh token only when it asks for consent",
      source: webServer,
      check: async ({ oauth }) => {
        await oauth.signIn();
        const again = await oauth.signIn({ prompt: "" });
        assert.equal("access_token" in again, true);
        assert.equal("refresh_token" in again, false);
        assert.equal("refresh_token" in (await oauth.signIn({ prompt: "consent" })), true);
      },
    },
    {
      says: "a refresh gives a new access token and no refresh token",
      check: async ({ oauth }) => {
        const { refresh_token, access_token } = await oauth.signIn();
        const { status, json } = await oauth.refresh(refresh_token);
        assert.equal(status, 200);
        assert.notEqual(json["access_token"], access_token);
        assert.equal("refresh_token" in json, false);
      },
    },
    {
      says: "a refresh token works again and again",
      check: async ({ oauth }) => {
        const { refresh_token } = await oauth.signIn();
        for (let turn = 0; turn < 3; turn += 1) shows(await oauth.refresh(refresh_token), { status: 200 });
      },
    },
    {
      says: "tokeninfo says whose token it is, for which client and scopes",
      source: "https://developers.google.com/identity/sign-in/web/backend-auth",
      check: async ({ oauth, sandbox }) => {
        const { access_token } = await oauth.signIn({ scope: `openid email ${readonly}` });
        const { client_id } = sandbox.clientFile()["installed"] as { client_id: string };
        const { status, json } = await oauth.get(`/tokeninfo?access_token=${String(access_token)}`);
        shows([status, json], [200, { aud: client_id, email: alice }]);
        assert.match(String(json["scope"]), /gmail\.readonly/);
      },
    },
    {
      says: "with openid, an ID token says who signed in and repeats the nonce",
      source: "https://developers.google.com/identity/openid-connect/openid-connect",
      check: async ({ oauth, sandbox }) => {
        const { id_token } = await oauth.signIn({ scope: "openid email", nonce: "n-1" });
        const [, claims = ""] = String(id_token).split(".");
        shows(JSON.parse(Buffer.from(claims, "base64url").toString()), {
          iss: sandbox.url,
          email: alice,
          email_verified: true,
          nonce: "n-1",
        });
      },
    },
    {
      says: "userinfo tells the same person by the same subject as the ID token",
      source: "https://developers.google.com/identity/openid-connect/openid-connect",
      check: async ({ oauth }) => {
        const { id_token, access_token } = await oauth.signIn({ scope: "openid email profile" });
        const [, claims = ""] = String(id_token).split(".");
        const { sub } = JSON.parse(Buffer.from(claims, "base64url").toString()) as { sub: string };
        shows(await oauth.get("/v1/userinfo", access_token), {
          status: 200,
          json: { sub, email: alice, name: "Alice Moreau" },
        });
        shows(await oauth.get("/oauth2/v2/userinfo", access_token), { status: 200, json: { id: sub } });
      },
    },
    {
      says: "discovery names the endpoints, and they are there",
      source: "https://developers.google.com/identity/openid-connect/openid-connect#discovery",
      check: async ({ fetch, sandbox }) => {
        const { json } = await fetch("/.well-known/openid-configuration");
        const named = json as Record<string, string>;
        shows(named, { issuer: sandbox.url, code_challenge_methods_supported: ["plain", "S256"] });
        const keys = await fetch(named["jwks_uri"] ?? "");
        shows(keys.status, 200);
        shows((keys.json as { keys: object[] }).keys[0], { kty: "RSA", alg: "RS256", use: "sig" });
      },
    },
  ],
};
