import { describe, expect, it } from "vitest";
import { alice, events, readonly, redirectUri } from "../../../test/support/oauth-client.js";
import { dayMs, openOAuthScene } from "../../../test/support/oauth-scene.js";

const dead = { status: 400, json: { error: "invalid_grant", error_description: "Token has been expired or revoked." } };
const testing = { projects: [{ id: "studio", publishing: "testing" as const }] };

describe("a token of the sandbox", () => {
  it("of access is good for 3599 seconds", async () => {
    await using scene = await openOAuthScene();
    const { access_token, expires_in } = await scene.signIn();
    expect(expires_in).toBe(3599);
    scene.clock.advance(3_598_000);
    expect(await scene.isGood(access_token)).toBe(true);
    scene.clock.advance(1000);
    expect(await scene.isGood(access_token)).toBe(false);
  });

  it("says so as well when the clock goes on while it is made", async () => {
    await using scene = await openOAuthScene();
    const standing = scene.clock.now.bind(scene.clock);
    scene.clock.now = () => (scene.clock.advance(1), standing());
    expect((await scene.signIn())["expires_in"]).toBe(3599);
  });

  it("dies seven days after consent while the project is in testing", async () => {
    await using scene = await openOAuthScene(testing);
    const { refresh_token, refresh_token_expires_in } = await scene.signIn();
    expect(refresh_token_expires_in).toBe(604_800);
    scene.clock.advance(7 * dayMs - 1000);
    expect((await scene.refresh(refresh_token)).status).toBe(200);
    scene.clock.advance(1000);
    expect(await scene.refresh(refresh_token)).toEqual(dead);
  });

  it("lives on in testing when it only says who signed in", async () => {
    await using scene = await openOAuthScene(testing);
    const tokens = await scene.signIn({ scope: "openid email" });
    expect(tokens).not.toHaveProperty("refresh_token_expires_in");
    scene.clock.advance(8 * dayMs);
    expect((await scene.refresh(tokens["refresh_token"])).status).toBe(200);
  });

  it("dies of six months without use, counted from the last", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token } = await scene.signIn();
    scene.clock.advance(182 * dayMs);
    expect((await scene.refresh(refresh_token)).status).toBe(200);
    scene.clock.advance(182 * dayMs);
    expect((await scene.refresh(refresh_token)).status).toBe(200);
    scene.clock.advance(183 * dayMs);
    expect(await scene.refresh(refresh_token)).toEqual(dead);
  });

  it("ends with its access tokens when the password changes, if Gmail is among its scopes", async () => {
    await using scene = await openOAuthScene();
    const mail = await scene.signIn();
    const calendar = await scene.signIn({ scope: events });
    scene.sandbox.accounts.changePassword(alice);
    expect(await scene.refresh(mail["refresh_token"])).toEqual(dead);
    expect(await scene.isGood(mail["access_token"])).toBe(false);
    expect((await scene.refresh(calendar["refresh_token"])).status).toBe(200);
    expect(await scene.isGood(calendar["access_token"])).toBe(true);
  });

  it("ends silently when there are more of a person and client than the limit", async () => {
    await using scene = await openOAuthScene({ oauth: { refreshTokenLimit: 2 } });
    const [first, second, third] = [await scene.signIn(), await scene.signIn(), await scene.signIn()];
    expect(await scene.refresh(first["refresh_token"])).toEqual(dead);
    expect(await scene.isGood(first["access_token"])).toBe(true);
    for (const { refresh_token } of [second, third]) expect((await scene.refresh(refresh_token)).status).toBe(200);
  });

  it("is one of a hundred by default", async () => {
    await using scene = await openOAuthScene();
    const tokens = Array.from({ length: 101 }, () => scene.sandbox.issueToken(alice, [readonly]).refreshToken);
    expect(await scene.refresh(tokens[0])).toEqual(dead);
    expect((await scene.refresh(tokens[1])).status).toBe(200);
  });

  it("counts only what is alive", async () => {
    await using scene = await openOAuthScene({ oauth: { refreshTokenLimit: 2 } });
    const kept = await scene.signIn();
    await scene.signIn();
    scene.clock.advance(182 * dayMs);
    await scene.refresh(kept["refresh_token"]);
    scene.clock.advance(dayMs); // the second has died meanwhile
    await scene.signIn();
    expect((await scene.refresh(kept["refresh_token"])).status).toBe(200);
  });

  it("asks for a new sign-in, which then works, when the session is over", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token } = await scene.signIn();
    scene.sandbox.accounts.requireReauthentication(alice);
    const answer = { error_description: "reauth related error (invalid_rapt)", error_subtype: "invalid_rapt" };
    const refused = { status: 400, json: { error: "invalid_grant", ...answer } };
    expect(await scene.refresh(refresh_token)).toEqual(refused);
    const renewed = await scene.signIn();
    expect((await scene.refresh(renewed["refresh_token"])).status).toBe(200);
  });

  it("has a session as long as an administrator set", async () => {
    await using scene = await openOAuthScene({ oauth: { sessionHours: 16 } });
    const { refresh_token } = await scene.signIn();
    scene.clock.advance(15 * 3_600_000);
    expect((await scene.refresh(refresh_token)).status).toBe(200);
    scene.clock.advance(3_600_000);
    expect(await scene.refresh(refresh_token)).toMatchObject({ json: { error_subtype: "invalid_rapt" } });
  });

  it("is held back while an administrator blocks applications, and so is consent", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token } = await scene.signIn();
    scene.sandbox.accounts.enforceAdminPolicy(alice);
    const refused = { status: 400, json: { error: "admin_policy_enforced" } };
    expect(await scene.refresh(refresh_token)).toMatchObject(refused);
    await expect(scene.signIn()).rejects.toMatchObject({ code: "request.invalid" });
    scene.sandbox.accounts.liftAdminPolicy(alice);
    expect((await scene.refresh(refresh_token)).status).toBe(200);
  });

  it("is refused together with its client when that is deleted", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token } = await scene.signIn();
    const { client_id } = scene.sandbox.clientFile()["installed"] as { client_id: string };
    scene.sandbox.deleteClient(client_id);
    expect(await scene.refresh(refresh_token)).toMatchObject({ status: 401, json: { error: "deleted_client" } });
    expect((await fetch(scene.authorizationUrl())).status).toBe(401);
  });

  it("ends with all others when the person takes access back", async () => {
    await using scene = await openOAuthScene();
    const { refresh_token, access_token } = await scene.signIn();
    scene.sandbox.revokeAccess(alice);
    expect(await scene.refresh(refresh_token)).toEqual(dead);
    expect(await scene.isGood(access_token)).toBe(false);
  });

  it("is not given for a code of before that", async () => {
    await using scene = await openOAuthScene();
    const callback = await scene.sandbox.approve(scene.authorizationUrl(), { user: alice });
    const code = new URL(callback).searchParams.get("code") ?? "";
    scene.sandbox.revokeAccess(alice);
    const exchange = { grant_type: "authorization_code", code, redirect_uri: redirectUri };
    expect(await scene.token(exchange)).toMatchObject({ status: 400, json: { error: "invalid_grant" } });
    expect(await scene.signIn()).toHaveProperty("refresh_token");
  });

  it("lives as long as the seed says", async () => {
    await using scene = await openOAuthScene({ oauth: { accessTokenSeconds: 60, grantSeconds: 90 } });
    const tokens = await scene.signIn();
    expect(tokens).toMatchObject({ expires_in: 60, refresh_token_expires_in: 90 });
    scene.clock.advance(60_000);
    expect((await scene.refresh(tokens["refresh_token"])).json).toMatchObject({ expires_in: 30 });
    scene.clock.advance(30_000);
    expect(await scene.refresh(tokens["refresh_token"])).toEqual(dead);
  });

  it("ends with a grant for a limited time", async () => {
    await using scene = await openOAuthScene();
    const tokens = await scene.signIn({}, { grantSeconds: 600 });
    expect(tokens).toMatchObject({ expires_in: 600, refresh_token_expires_in: 600 });
    scene.clock.advance(600_000);
    expect(await scene.refresh(tokens["refresh_token"])).toEqual(dead);
    expect(await scene.isGood(tokens["access_token"])).toBe(false);
  });

  it("is replaced at each use under rotation, and ends the whole grant when used again", async () => {
    await using scene = await openOAuthScene({ oauth: { rotateRefreshTokens: true } });
    const first = await scene.signIn();
    const second = (await scene.refresh(first["refresh_token"])).json;
    expect(second["refresh_token"]).not.toBe(first["refresh_token"]);
    const third = (await scene.refresh(second["refresh_token"])).json;
    expect(await scene.refresh(first["refresh_token"])).toEqual(dead);
    expect(await scene.refresh(third["refresh_token"])).toEqual(dead);
    expect(await scene.isGood(third["access_token"])).toBe(false);
  });
});
