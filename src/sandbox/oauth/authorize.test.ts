import { describe, expect, it } from "vitest";
import { alice, events, readonly } from "../../../test/support/oauth-client.js";
import { openOAuthScene, type OAuthScene } from "../../../test/support/oauth-scene.js";

const bob = "bob@example.com";
const page = async (scene: OAuthScene, parameters: Record<string, string>) => {
  const answer = await fetch(scene.authorizationUrl(parameters), { redirect: "manual" });
  return { status: answer.status, html: await answer.text(), location: answer.headers.get("location") };
};
const errorOf = async (scene: OAuthScene, parameters: Record<string, string>): Promise<string | null> => {
  const { location } = await page(scene, { prompt: "none", ...parameters });
  return new URL(location ?? "").searchParams.get("error");
};

describe("the consent page", () => {
  it.each([
    ["no client", { client_id: "" }, "invalid_request", "Missing required parameter: client_id"],
    ["no redirect address", { redirect_uri: "" }, "invalid_request", "redirect_uri"],
    ["no response type", { response_type: "" }, "invalid_request", "response_type"],
    ["no scope", { scope: "" }, "invalid_request", "Missing required parameter: scope"],
    ["an unknown prompt", { prompt: "always" }, "invalid_request", "Invalid prompt: always"],
    ["none with another prompt", { prompt: "none consent" }, "invalid_request", "prompt"],
    ["an unknown access type", { access_type: "sometimes" }, "invalid_request", "access_type"],
    ["an out-of-band redirect", { redirect_uri: "urn:ietf:wg:oauth:2.0:oob" }, "invalid_request", "out-of-band"],
    ["a short challenge", { code_challenge: "short" }, "invalid_request", "code_challenge"],
    ["an unknown method", { code_challenge: "a".repeat(43), code_challenge_method: "S1" }, "invalid_request", "method"],
    ["a loopback by https", { redirect_uri: "https://127.0.0.1/" }, "redirect_uri_mismatch", "https://127.0.0.1/"],
    ["an unknown scope", { scope: `${readonly} nonsense` }, "invalid_scope", "invalid=[nonsense]"],
  ])("is an error page for %s", async (_, parameters, error, words) => {
    await using scene = await openOAuthScene();
    const { status, html, location } = await page(scene, parameters);
    expect({ status, location }).toEqual({ status: 400, location: null });
    expect(html).toContain(`<h1>Error 400: ${error}</h1>`);
    expect(html).toContain(words);
  });

  it("refuses a parameter that is there twice", async () => {
    await using scene = await openOAuthScene();
    const answer = await fetch(`${scene.authorizationUrl()}&scope=openid`);
    expect(await answer.text()).toContain("can only have a single value: scope");
  });

  it.each(["http://127.0.0.1:1/", "http://[::1]:65535/a/b?c=d", "http://localhost:8080/x"])(
    "sends a desktop client's answer to %s, with the state as it was",
    async (redirect_uri) => {
      await using scene = await openOAuthScene();
      const state = "a b&c=%20é+";
      const callback = await scene.sandbox.approve(scene.authorizationUrl({ redirect_uri, state }), { user: alice });
      expect(callback.startsWith(redirect_uri)).toBe(true);
      expect(new URL(callback).searchParams.get("state")).toBe(state);
    },
  );

  it("has a label for everything that can be chosen, and needs no script", async () => {
    await using scene = await openOAuthScene();
    const { html } = await page(scene, { scope: `openid ${readonly} ${events}` });
    expect(html.match(/type="checkbox"/g)).toHaveLength(2);
    expect(html.match(/<label class="choice"><input type="(radio|checkbox)"/g)).toHaveLength(4);
    expect(html).toMatch(/<label [^>]*for="duration">/);
    expect(html).not.toContain("<script");
    expect(html).toMatch(/<html lang="en">[^]*<main>[^]*<legend>Account<[^]*<button name="decision" value="deny"/);
  });

  it("chooses the account that is hinted by address or subject, ignores others, and none for select_account", async () => {
    await using scene = await openOAuthScene();
    const chosen = async (parameters: Record<string, string>) =>
      /value="([^"]*)" checked required/.exec((await page(scene, parameters)).html)?.[1];
    const { access_token } = await scene.signIn({ scope: "openid" }, { user: bob });
    const { sub } = (await scene.get("/v1/userinfo", access_token)).json as { sub: string };
    expect(await chosen({ login_hint: "BOB@example.com" })).toBe(bob);
    expect(await chosen({ login_hint: sub })).toBe(bob);
    expect(await chosen({ login_hint: "eve@example.com", hd: "example.com" })).toBe(alice);
    expect(await chosen({ prompt: "select_account" })).toBeUndefined();
  });

  it("chooses an account of the organization that is asked for, where there is one", async () => {
    await using scene = await openOAuthScene({ users: [{ email: alice }, { email: "dan@studio.example" }] });
    const chosen = async (hd: string) => /value="([^"]*)" checked required/.exec((await page(scene, { hd })).html)?.[1];
    expect(await chosen("Studio.example")).toBe("dan@studio.example");
    expect(await chosen("elsewhere.example")).toBe(alice);
  });

  it("takes none of its own fields from the address", async () => {
    await using scene = await openOAuthScene();
    const { html } = await page(scene, { granted: "https://mail.google.com/", decision: "allow" });
    expect(html).not.toMatch(/type="hidden" name="(granted|decision)"/);
  });

  it("merges what was granted before, to any client of the project, where that is asked for", async () => {
    await using scene = await openOAuthScene();
    await scene.signIn({ scope: readonly });
    expect((await scene.signIn({ scope: events }))["scope"]).toBe(events);
    const merged = (await scene.signIn({ scope: events, include_granted_scopes: "true" }))["scope"] as string;
    expect(merged.split(" ").sort()).toEqual([events, readonly].sort());
  });

  it("says no when nothing stays ticked", async () => {
    await using scene = await openOAuthScene();
    const callback = await scene.sandbox.approve(scene.authorizationUrl(), { user: alice, scopes: [] });
    expect(new URL(callback).searchParams.get("error")).toBe("access_denied");
  });

  it("lets only test users in while the project is in testing", async () => {
    const projects = [{ id: "studio", publishing: "testing" as const, testUsers: [alice] }];
    await using scene = await openOAuthScene({ projects });
    expect(await scene.signIn()).toHaveProperty("access_token");
    const body = new URLSearchParams(new URL(scene.authorizationUrl()).searchParams);
    for (const [name, value] of [
      ["user", bob],
      ["decision", "allow"],
    ] as const)
      body.set(name, value);
    const answer = await fetch(`${scene.sandbox.url}/o/oauth2/auth`, { method: "POST", body, redirect: "manual" });
    expect(answer.status).toBe(403);
    expect(await answer.text()).toContain("has not completed the Google verification process");
  });
});

describe("prompt=none", () => {
  it("says what a page would have to ask", async () => {
    await using scene = await openOAuthScene();
    expect(await errorOf(scene, {})).toBe("interaction_required");
    expect(await errorOf(scene, { login_hint: alice })).toBe("consent_required");
    await scene.signIn();
    expect(await errorOf(scene, { login_hint: alice, scope: events })).toBe("consent_required");
    scene.sandbox.accounts.signOut(alice);
    expect(await errorOf(scene, { login_hint: alice })).toBe("login_required");
  });

  it("gives a code, and no refresh token, where all was allowed before", async () => {
    await using scene = await openOAuthScene();
    await scene.signIn();
    const tokens = await scene.signIn({ prompt: "none", login_hint: alice });
    expect(tokens).toMatchObject({ scope: readonly });
    expect(tokens).not.toHaveProperty("refresh_token");
  });
});
