import assert from "node:assert/strict";
import { alice, events, readonly, redirectUri } from "../../test/support/oauth-client.js";
import { shows } from "./assert.js";
import type { Chapter } from "./contract.js";
import type { Google } from "./google.js";

const webServer = "https://developers.google.com/identity/protocols/oauth2/web-server";
const granular = "https://developers.google.com/identity/protocols/oauth2/resources/granular-permissions";

/** The page that a browser would show, or where it would be sent to. */
async function open(google: Google, parameters: Record<string, string>): Promise<{ error: string; location: string }> {
  const { headers, text } = await google.fetch(google.oauth.authorizationUrl(parameters));
  return { error: /<h1>Error 400: (\w+)/.exec(text)?.[1] ?? "none", location: headers.get("location") ?? "" };
}

/** What the address says that the browser is sent to after consent. */
async function callback(google: Google, parameters: Record<string, string>, answer: object = {}): Promise<URL> {
  return new URL(await google.sandbox.approve(google.oauth.authorizationUrl(parameters), { user: alice, ...answer }));
}

/** The page where a person consents. */
export const authorization: Chapter = {
  title: "OAuth: asking for consent",
  source: "https://developers.google.com/identity/protocols/oauth2/native-app",
  behaviours: [
    {
      says: "a desktop client may come back to 127.0.0.1 at any port",
      check: async (google) => {
        for (const port of [1, 8976, 65535]) {
          const { port: found, searchParams } = await callback(google, { redirect_uri: `http://127.0.0.1:${port}/x` });
          assert.equal(found, String(port));
          assert.match(searchParams.get("code") ?? "", /^4\/0/);
        }
      },
    },
    {
      says: "a desktop client may come back to [::1] at any port",
      check: async (google) => {
        const { host, searchParams } = await callback(google, { redirect_uri: "http://[::1]:5000/x" });
        assert.equal(host, "[::1]:5000");
        assert.ok(searchParams.has("code"));
      },
    },
    {
      says: "a desktop client may not come back to another host",
      check: async (google) => {
        const { error } = await open(google, { redirect_uri: "http://example.com/x" });
        assert.equal(error, "redirect_uri_mismatch");
      },
    },
    {
      says: "the out-of-band redirect is gone",
      source: "https://developers.google.com/identity/protocols/oauth2/resources/oob-migration",
      check: async (google) => {
        const { error } = await open(google, { redirect_uri: "urn:ietf:wg:oauth:2.0:oob" });
        assert.equal(error, "invalid_request");
      },
    },
    {
      says: "a web client comes back to a registered address only, to the letter",
      source: webServer,
      check: async (google) => {
        const { client_id, redirect_uris } = google.sandbox.clientFile("web")["web"] as {
          client_id: string;
          redirect_uris: [string];
        };
        const [registered] = redirect_uris;
        const { searchParams } = await callback(google, { client_id, redirect_uri: registered });
        assert.ok(searchParams.has("code"));
        const { error } = await open(google, { client_id, redirect_uri: `${registered}/` });
        assert.equal(error, "redirect_uri_mismatch");
      },
    },
    ...["client_id", "redirect_uri", "response_type", "scope"].map((parameter) => ({
      says: `without ${parameter} the page shows an error and sends nobody anywhere`,
      check: async (google: Google) => {
        assert.deepEqual(await open(google, { [parameter]: "" }), { error: "invalid_request", location: "" });
      },
    })),
    {
      says: "an unknown client is refused on the page",
      check: async (google) => {
        const { status, text } = await google.fetch(
          google.oauth.authorizationUrl({ client_id: "1-x.apps.googleusercontent.com" }),
        );
        assert.equal(status, 401);
        assert.match(text, /invalid_client/);
      },
    },
    {
      says: "a scope that does not exist is refused on the page",
      check: async (google) => {
        assert.equal((await open(google, { scope: `${readonly} nonsense` })).error, "invalid_scope");
      },
    },
    {
      says: "the state comes back as it was",
      check: async (google) => {
        const state = "a b&c=%20é+";
        assert.equal((await callback(google, { state })).searchParams.get("state"), state);
      },
    },
    {
      says: "a person who cancels gives access_denied, and no code",
      check: async (google) => {
        const { searchParams } = await callback(google, { state: "s" }, { deny: true });
        shows(Object.fromEntries(searchParams), { error: "access_denied", state: "s" });
        assert.equal(searchParams.has("code"), false);
      },
    },
    {
      says: "the answer names the scopes that were allowed",
      source: granular,
      check: async (google) => {
        const { searchParams } = await callback(google, { scope: `${readonly} ${events}` }, { scopes: [events] });
        assert.equal(searchParams.get("scope"), events);
      },
    },
    {
      says: "a person may allow some of the scopes and not others",
      source: granular,
      check: async ({ oauth }) => {
        const tokens = await oauth.signIn({ scope: `${readonly} ${events}` }, { scopes: [readonly] });
        shows(tokens, { scope: readonly });
      },
    },
    {
      says: "a person who leaves nothing ticked has denied access",
      source: granular,
      check: async (google) => {
        const { searchParams } = await callback(google, { scope: `${readonly} ${events}` }, { scopes: [] });
        assert.equal(searchParams.get("error"), "access_denied");
      },
    },
    {
      says: "include_granted_scopes adds what was allowed before",
      source: webServer,
      check: async ({ oauth }) => {
        await oauth.signIn({ scope: readonly });
        const { scope } = await oauth.signIn({ scope: events, include_granted_scopes: "true" });
        assert.deepEqual(String(scope).split(" ").sort(), [events, readonly].sort());
      },
    },
    {
      says: "prompt=none with somebody who allowed it before comes back at once with a code",
      source: webServer,
      check: async (google) => {
        await google.oauth.signIn();
        const { location } = await open(google, { prompt: "none", login_hint: alice });
        assert.match(new URL(location).searchParams.get("code") ?? "", /^4\/0/);
      },
    },
    {
      says: "prompt=none where consent is missing says so to the client, not to the person",
      source: webServer,
      check: async (google) => {
        const { location } = await open(google, { prompt: "none", login_hint: alice });
        assert.match(new URL(location).searchParams.get("error") ?? "", /^(consent|interaction)_required$/);
      },
    },
    {
      says: "prompt=none cannot be asked for together with another prompt",
      source: webServer,
      check: async (google) => {
        assert.equal((await open(google, { prompt: "none consent" })).error, "invalid_request");
      },
    },
    {
      says: "login_hint chooses the account on the page",
      source: webServer,
      check: async (google) => {
        const { text } = await google.fetch(google.oauth.authorizationUrl({ login_hint: "bob@example.com" }));
        assert.match(text, /value="bob@example\.com"[^>]*checked|checked[^>]*value="bob@example\.com"/);
      },
    },
    {
      says: "in Testing, only test users get in",
      source: "https://support.google.com/cloud/answer/15549945",
      check: async (google) => {
        const testing = await google.open({
          seed: {
            projects: [{ id: "studio", publishing: "testing", testUsers: [alice] }],
            users: [{ email: alice }, { email: "bob@example.com" }],
          },
        });
        assert.ok((await callback(testing, {})).searchParams.has("code"));
        const refusal: unknown = await callback(testing, {}, { user: "bob@example.com" }).then(
          ({ searchParams }) => searchParams.get("error"),
          (error: unknown) => (error as Error).message,
        );
        assert.match(String(refusal), /access_denied|403/);
      },
    },
    {
      says: "a code_challenge has 43 to 128 characters",
      check: async (google) => {
        const challenge = async (length: number): Promise<string> =>
          (await open(google, { code_challenge: "a".repeat(length), code_challenge_method: "S256" })).error;
        assert.deepEqual(
          [await challenge(42), await challenge(43), await challenge(129)],
          ["invalid_request", "none", "invalid_request"],
        );
      },
    },
    {
      says: "the code is good for the address that it was given to, and for no other",
      check: async (google) => {
        const exchange = async (redirect_uri: string): Promise<unknown> => {
          const code = (await callback(google, {})).searchParams.get("code") ?? "";
          return google.oauth.token({ grant_type: "authorization_code", code, redirect_uri });
        };
        shows(await exchange("http://127.0.0.1:1/"), { status: 400, json: { error: "redirect_uri_mismatch" } });
        shows(await exchange(redirectUri), { status: 200 });
      },
    },
  ],
};
