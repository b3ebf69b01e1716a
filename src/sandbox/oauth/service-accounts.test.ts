import { createPrivateKey, generateKeyPairSync } from "node:crypto";
import { JWT } from "google-auth-library";
import { describe, expect, it } from "vitest";
import { alice, readonly } from "../../../test/support/oauth-client.js";
import { openOAuthScene, type OAuthScene } from "../../../test/support/oauth-scene.js";
import { signJwt } from "./jwt.js";

const robot = "robot@studio.iam.gserviceaccount.com";
const seed = { serviceAccounts: [{ clientEmail: robot, delegatedScopes: [readonly] }] };

const ask = (scene: OAuthScene, claims: object = {}, pem?: string) => {
  const file = scene.sandbox.serviceAccountFile(robot);
  const now = Math.floor(scene.clock.now() / 1000);
  const usual = {
    iss: robot,
    aud: `${scene.sandbox.url}/token`,
    iat: now,
    exp: now + 3600,
    scope: readonly,
    sub: alice,
  };
  const key = createPrivateKey(pem ?? file["private_key"] ?? "");
  const assertion = signJwt({}, { ...usual, ...claims }, key);
  return scene.post("/token", { grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer", assertion });
};
const refused = (status: number, error: string, description: RegExp) => ({
  status,
  json: { error, error_description: expect.stringMatching(description) as string },
});

describe("a service account of the sandbox", () => {
  it("reads a person's mail by Google's own client, with what was delegated to it", async () => {
    await using scene = await openOAuthScene(seed);
    const file = scene.sandbox.serviceAccountFile(robot);
    // Google's client knows one address only; its network is what leads to the sandbox.
    const fetchImplementation: typeof fetch = (input, init) =>
      fetch(
        (input instanceof Request ? input.url : String(input)).replace(
          "https://oauth2.googleapis.com",
          scene.sandbox.url,
        ),
        init,
      );
    const client = new JWT({
      email: file["client_email"] ?? "",
      key: file["private_key"] ?? "",
      scopes: [readonly],
      subject: alice,
      transporterOptions: { fetchImplementation },
    });
    const { access_token } = await client.authorize();
    const profile = await scene.get("/gmail/v1/users/me/profile", access_token);
    expect(profile).toMatchObject({ status: 200, json: { emailAddress: alice } });
  });

  it("is nobody's mailbox by itself, and gets no refresh token", async () => {
    await using scene = await openOAuthScene(seed);
    const { status, json } = await ask(scene, { sub: undefined });
    expect([status, Object.keys(json).sort()]).toEqual([200, ["access_token", "expires_in", "token_type"]]);
    expect((await scene.get("/gmail/v1/users/me/profile", json["access_token"])).status).toBe(400);
  });

  it.each([
    [
      "a scope that was not delegated",
      { scope: "https://mail.google.com/" },
      401,
      "unauthorized_client",
      /unauthorized/,
    ],
    ["a person who does not live here", { sub: "eve@example.com" }, 400, "invalid_grant", /Invalid email/],
    ["another audience", { aud: "https://example.com/token" }, 400, "invalid_grant", /audience check/],
    ["no scope", { scope: "" }, 400, "invalid_scope", /Invalid OAuth scope/],
    ["an account that nobody made", { iss: "eve" }, 400, "invalid_grant", /account not found/],
    ["an end that is past", { iat: 1, exp: 3601 }, 400, "invalid_grant", /short-lived/],
    ["an end that is no number", { exp: "soon" }, 400, "invalid_grant", /short-lived/],
  ] as const)("is refused for %s", async (_, claims, status, error, description) => {
    await using scene = await openOAuthScene(seed);
    expect(await ask(scene, claims)).toMatchObject(refused(status, error, description));
  });

  it("is refused an assertion of more than an hour, or one by another key", async () => {
    await using scene = await openOAuthScene(seed);
    const now = Math.floor(scene.clock.now() / 1000);
    const long = await ask(scene, { iat: now, exp: now + 3601 });
    expect(long).toMatchObject(refused(400, "invalid_grant", /short-lived/));
    const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
    const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
    expect(await ask(scene, {}, pem)).toMatchObject(refused(400, "invalid_grant", /^Invalid JWT Signature\.$/));
  });
});
