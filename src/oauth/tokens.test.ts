import { createServer, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { describe, expect, it } from "vitest";
import { movedClock } from "../../test/support/moved-clock.js";
import { createHttp } from "../core/http.js";
import { Secret } from "../core/secret.js";
import { refreshTokens } from "./tokens.js";
import type { OAuthContext } from "./types.js";

interface Answer {
  readonly status: number;
  readonly type?: string;
  readonly body?: string;
  readonly headers?: Readonly<Record<string, string>>;
}

/** A token endpoint that gives one answer to everything, or breaks the connection. */
async function tokenEndpoint(
  answer: Answer | "reset",
): Promise<AsyncDisposable & { context: OAuthContext; asked(): number }> {
  let asked = 0;
  const respond = (response: ServerResponse): void => {
    asked += 1;
    if (answer === "reset") return void response.destroy();
    response.writeHead(answer.status, { "content-type": answer.type ?? "application/json", ...answer.headers });
    response.end(answer.body ?? "");
  };
  const server = createServer((_, response) => respond(response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const origin = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  const http = createHttp();
  return {
    context: {
      http,
      clock: movedClock(),
      endpoints: { issuer: origin, authorization: `${origin}/a`, token: `${origin}/t`, revocation: `${origin}/r` },
      client: { clientId: "ours", clientSecret: new Secret("GOCSPX-canary"), type: "installed", redirectUris: [] },
    },
    asked: () => asked,
    async [Symbol.asyncDispose]() {
      await http.close();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

const json = (status: number, body: object, headers?: Readonly<Record<string, string>>): Answer => ({
  status,
  body: JSON.stringify(body),
  ...(headers && { headers }),
});
const html = (status: number): Answer => ({ status, type: "text/html", body: "<html>Sign in to Wi-Fi</html>" });

/** How an answer to a refresh is classified. Only what is final may ask a person to sign in again. */
const outcomes: readonly (readonly [string, Answer | "reset", string])[] = [
  [
    "invalid_grant",
    json(400, { error: "invalid_grant", error_description: "Token has been expired or revoked." }),
    "auth.revoked",
  ],
  ["invalid_grant with 401", json(401, { error: "invalid_grant" }), "auth.revoked"],
  ["invalid_rapt", json(400, { error: "invalid_grant", error_subtype: "invalid_rapt" }), "auth.expired"],
  ["invalid_client", json(401, { error: "invalid_client" }), "auth.invalid_credentials"],
  [
    "invalid_client with a challenge",
    json(401, { error: "invalid_client" }, { "www-authenticate": 'Basic realm="x"' }),
    "auth.invalid_credentials",
  ],
  [
    "invalid_grant with a challenge",
    json(400, { error: "invalid_grant" }, { "www-authenticate": "Bearer" }),
    "auth.revoked",
  ],
  ["unauthorized_client", json(400, { error: "unauthorized_client" }), "auth.invalid_credentials"],
  ["deleted_client", json(401, { error: "deleted_client" }), "auth.invalid_credentials"],
  ["invalid_grant with 403", json(403, { error: "invalid_grant" }), "connection.unavailable"],
  ["invalid_grant with 500", json(500, { error: "invalid_grant" }), "connection.unavailable"],
  ["invalid_grant with 200", json(200, { error: "invalid_grant" }), "connection.unavailable"],
  [
    "invalid_grant as text",
    { status: 400, type: "text/plain", body: '{"error":"invalid_grant"}' },
    "connection.unavailable",
  ],
  ["a truncated invalid_grant", { status: 400, body: '{"error":"invalid_gra' }, "connection.unavailable"],
  ["temporarily_unavailable", json(400, { error: "temporarily_unavailable" }), "connection.unavailable"],
  ["server_error", json(400, { error: "server_error" }), "connection.unavailable"],
  ["an error that nobody knows", json(400, { error: "made_up" }), "connection.unavailable"],
  ["a captive portal", html(200), "connection.unavailable"],
  ["a portal's login page", html(401), "connection.unavailable"],
  ["a proxy's challenge", { ...html(401), headers: { "www-authenticate": "NTLM" } }, "connection.unavailable"],
  ["407", html(407), "connection.unavailable"],
  ["a redirect", { status: 302, headers: { location: "http://127.0.0.1:9/" } }, "connection.unavailable"],
  ["404", html(404), "connection.unavailable"],
  ["429 as a page", html(429), "connection.rate_limited"],
  ["429 as JSON", json(429, { error: "rate_limit_exceeded" }), "connection.rate_limited"],
  ["500", html(500), "connection.unavailable"],
  ["502", { status: 502, body: "" }, "connection.unavailable"],
  ["503", json(503, { error: "backend" }), "connection.unavailable"],
  ["an empty 200", { status: 200, body: "" }, "connection.unavailable"],
  ["204", { status: 204 }, "connection.unavailable"],
  ["truncated tokens", { status: 200, body: '{"access_token":"ya29.cana' }, "connection.unavailable"],
  ["no access token", json(200, { token_type: "Bearer" }), "connection.unavailable"],
  ["an access token that is no text", json(200, { access_token: 7, token_type: "Bearer" }), "connection.unavailable"],
  ["JSON that is no object", { status: 200, body: "[]" }, "connection.unavailable"],
  ["a status that does not exist", { status: 799, body: "{}" }, "connection.unavailable"],
  ["a broken connection", "reset", "connection.network"],
];

describe("refreshTokens", () => {
  it.each(outcomes)("takes %s for what it is", async (_, answer, code) => {
    await using endpoint = await tokenEndpoint(answer);
    const refreshing = refreshTokens(endpoint.context, new Secret("1//0refresh"), [], {
      endsAt: Infinity,
      signal: new AbortController().signal,
    });
    await expect(refreshing).rejects.toMatchObject({ code });
    expect(endpoint.asked()).toBe(code.startsWith("connection.") ? 3 : 1);
  });

  it("waits as long as the service asks before it tries again", async () => {
    await using endpoint = await tokenEndpoint({ ...html(503), headers: { "retry-after": "3600" } });
    await expect(
      refreshTokens(endpoint.context, new Secret("1//0refresh"), [], {
        endsAt: Infinity,
        signal: new AbortController().signal,
      }),
    ).rejects.toMatchObject({ code: "connection.unavailable", retryAfterMs: 3_600_000 });
    expect(endpoint.asked()).toBe(1);
  });
});
