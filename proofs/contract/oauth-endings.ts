import assert from "node:assert/strict";
import { alice, events, readonly } from "../../test/support/oauth-client.js";
import { shows } from "./assert.js";
import type { Chapter } from "./contract.js";

const expiration = "https://developers.google.com/identity/protocols/oauth2#expiration";
const dayMs = 86_400_000;

const invalidGrant = { status: 400, json: { error: "invalid_grant" } };

/** All the ways in which access ends. */
export const endings: Chapter = {
  title: "OAuth: how access ends",
  source: "https://developers.google.com/identity/protocols/oauth2/web-server",
  behaviours: [
    {
      says: "an access token ends after its seconds",
      check: async ({ oauth, sandbox }) => {
        const { access_token } = await oauth.signIn();
        assert.equal(await oauth.isGood(access_token), true);
        sandbox.clock.advance(3_600_000);
        assert.equal(await oauth.isGood(access_token), false);
      },
    },
    {
      says: "an API answers 401 authError to a token that has ended",
      source: "https://developers.google.com/workspace/gmail/api/guides/handle-errors",
      check: async ({ alice: { fetch }, sandbox }) => {
        sandbox.expireAccessTokens();
        shows((await fetch("/gmail/v1/users/me/profile")).status, 200);
        const { accessToken } = sandbox.issueToken(alice, [readonly]);
        sandbox.expireAccessTokens();
        const answer = await globalThis.fetch(`${sandbox.url}/gmail/v1/users/me/profile`, {
          headers: { authorization: `Bearer ${accessToken}` },
        });
        shows([answer.status, await answer.json()], [401, { error: { code: 401, errors: [{ reason: "authError" }] } }]);
      },
    },
    {
      says: "in Testing, a refresh token dies after seven days",
      source: expiration,
      check: async (google) => {
        const seed = {
          projects: [{ id: "studio", publishing: "testing" as const, testUsers: [alice] }],
          users: [{ email: alice }],
        };
        const { oauth, sandbox } = await google.open({ seed });
        const { refresh_token } = await oauth.signIn();
        sandbox.clock.advance(6.9 * dayMs);
        shows(await oauth.refresh(refresh_token), { status: 200 });
        sandbox.clock.advance(0.2 * dayMs);
        shows(await oauth.refresh(refresh_token), invalidGrant);
      },
    },
    {
      says: "a refresh token dies of six months without use",
      source: expiration,
      check: async ({ oauth, sandbox }) => {
        const { refresh_token } = await oauth.signIn();
        sandbox.clock.advance(150 * dayMs);
        shows(await oauth.refresh(refresh_token), { status: 200 });
        sandbox.clock.advance(184 * dayMs);
        shows(await oauth.refresh(refresh_token), invalidGrant);
      },
    },
    {
      says: "the 101st refresh token of an account and client ends the oldest, silently",
      source: expiration,
      check: async ({ oauth }) => {
        const given: unknown[] = [];
        for (let turn = 0; turn < 101; turn += 1) given.push((await oauth.signIn())["refresh_token"]);
        shows(await oauth.refresh(given[0]), invalidGrant);
        shows(await oauth.refresh(given[1]), { status: 200 });
        shows(await oauth.refresh(given[100]), { status: 200 });
      },
    },
    {
      says: "a changed password ends refresh tokens with Gmail scopes, and leaves those without",
      source: expiration,
      check: async ({ oauth, sandbox }) => {
        const mail = await oauth.signIn({ scope: readonly });
        const dates = await oauth.signIn({ scope: events });
        sandbox.accounts.changePassword(alice);
        shows(await oauth.refresh(mail["refresh_token"]), invalidGrant);
        shows(await oauth.refresh(dates["refresh_token"]), { status: 200 });
      },
    },
    {
      says: "under a session policy, a refresh answers invalid_grant with the subtype invalid_rapt",
      certainty: "observed",
      source: "https://support.google.com/a/answer/9368756",
      check: async ({ oauth, sandbox }) => {
        const { refresh_token } = await oauth.signIn();
        sandbox.accounts.requireReauthentication(alice);
        shows(await oauth.refresh(refresh_token), {
          status: 400,
          json: { error: "invalid_grant", error_subtype: "invalid_rapt" },
        });
      },
    },
    {
      says: "an administrator's policy answers admin_policy_enforced",
      check: async ({ oauth, sandbox }) => {
        const { refresh_token } = await oauth.signIn();
        sandbox.accounts.enforceAdminPolicy(alice);
        shows(await oauth.refresh(refresh_token), { status: 400, json: { error: "admin_policy_enforced" } });
      },
    },
    {
      says: "a deleted client answers deleted_client",
      check: async ({ oauth, sandbox }) => {
        const { refresh_token } = await oauth.signIn();
        const { client_id } = sandbox.clientFile()["installed"] as { client_id: string };
        sandbox.deleteClient(client_id);
        shows(await oauth.refresh(refresh_token), { json: { error: "deleted_client" } });
      },
    },
    {
      says: "access for a limited time says when the refresh token ends, and it ends then",
      check: async ({ oauth, sandbox }) => {
        const given = await oauth.signIn({}, { grantSeconds: 7200 });
        const seconds = Number(given["refresh_token_expires_in"]);
        assert.ok(seconds > 7190 && seconds <= 7200, String(seconds));
        sandbox.clock.advance(7_201_000);
        shows(await oauth.refresh(given["refresh_token"]), invalidGrant);
      },
    },
    {
      says: "revoking a refresh token ends its access tokens as well",
      check: async ({ oauth }) => {
        const { refresh_token, access_token } = await oauth.signIn();
        shows(await oauth.post("/revoke", { token: String(refresh_token) }), { status: 200 });
        assert.equal(await oauth.isGood(access_token), false);
        shows(await oauth.refresh(refresh_token), invalidGrant);
      },
    },
    {
      says: "revoking an access token ends its refresh token as well, and the token may stand in the query",
      check: async ({ oauth }) => {
        const { refresh_token, access_token } = await oauth.signIn();
        shows(await oauth.post(`/revoke?token=${String(access_token)}`, {}), { status: 200 });
        shows(await oauth.refresh(refresh_token), invalidGrant);
      },
    },
    {
      says: "revoking removes all that the person granted to the project",
      check: async ({ oauth }) => {
        const mail = await oauth.signIn({ scope: readonly });
        const dates = await oauth.signIn({ scope: events });
        await oauth.post("/revoke", { token: String(mail["refresh_token"]) });
        shows(await oauth.refresh(dates["refresh_token"]), invalidGrant);
      },
    },
    {
      says: "revoking what is no token answers 400",
      check: async ({ oauth }) => {
        shows(await oauth.post("/revoke", { token: "nonsense" }), { status: 400, json: { error: "invalid_token" } });
      },
    },
    {
      says: "with strict rotation a refresh gives a new token, and the old one ends the grant",
      certainty: "setting",
      source: "https://developers.google.com/identity/protocols/oauth2/resources/token-types",
      check: async (google) => {
        const { oauth } = await google.open({
          seed: { oauth: { rotateRefreshTokens: true }, users: [{ email: alice }] },
        });
        const { refresh_token: old } = await oauth.signIn();
        const { refresh_token: fresh } = (await oauth.refresh(old)).json;
        assert.match(String(fresh), /^1\/\//);
        shows(await oauth.refresh(old), invalidGrant);
        shows(await oauth.refresh(fresh), invalidGrant);
      },
    },
  ],
};
