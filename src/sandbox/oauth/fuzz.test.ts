import { expect, it } from "vitest";
import { openOAuthScene } from "../../../test/support/oauth-scene.js";
import { createRandom } from "../random.js";

const script = "\"'><script>alert(1)</script>";
const calls = 300;
const odd = [
  ...[
    "",
    " ",
    "constructor",
    "__proto__",
    script,
    "é\u0000\r\n",
    "x".repeat(4000),
    "%",
    "-1",
    "true",
    "{}",
    "e30.e30.",
  ],
  ...["none", "select_account consent", "S256", "plain", "code token", "openid", "urn:ietf:wg:oauth:2.0:oob"],
  ...["http://[::1]/", "javascript:alert(1)", "https://evil.example/"],
];
const optional = ["state", "prompt", "nonce", "hd", "code", "refresh_token", "assertion", "token", "constructor"];
const paths = ["/o/oauth2/v2/auth", "/token", "/revoke", "/tokeninfo", "/oauth2/v3/userinfo"];

it("the sandbox's sign-in under random calls breaks never, sends nobody elsewhere and shows no text as markup", async () => {
  await using scene = await openOAuthScene();
  const client = scene.sandbox.clientFile()["installed"] as { client_id: string; client_secret: string };
  const right = {
    client_id: [client.client_id],
    client_secret: [client.client_secret],
    redirect_uri: ["http://127.0.0.1:1234/cb"],
    response_type: ["code"],
    scope: ["openid https://www.googleapis.com/auth/gmail.readonly"],
    grant_type: ["authorization_code", "refresh_token", "urn:ietf:params:oauth:grant-type:jwt-bearer"],
    login_hint: ["alice@example.com"],
    code_challenge: ["v".repeat(43)],
    code_verifier: ["v".repeat(43)],
  };
  const random = createRandom(7);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const form = (): URLSearchParams => {
    const most = Object.entries(right).filter(() => random() < 0.95);
    const some = optional.filter(() => random() < 0.3).map((name): [string, string[]] => [name, [pick(odd)]]);
    return new URLSearchParams(
      [...most, ...some].map(([name, values]): [string, string] => [name, random() < 0.9 ? pick(values) : pick(odd)]),
    );
  };
  const statuses = new Set<string>();
  for (let call = 0; call < calls; call += 1) {
    const [path, body] = [pick(paths), form()];
    const inQuery = path === "/o/oauth2/v2/auth" && random() < 0.9;
    const response = await fetch(`${scene.sandbox.url}${path}${inQuery ? `?${body.toString()}` : ""}`, {
      redirect: "manual",
      ...(!inQuery && { method: "POST", body: random() < 0.9 ? body : JSON.stringify([...body]) }),
    });
    const text = await response.text();
    expect(response.status, `${path} ${body.toString()}: ${text}`).toBeLessThan(500);
    expect(text).not.toContain(script);
    expect(response.headers.get("location") ?? "http://127.0.0.1:1234/cb").toMatch(
      /^http:\/\/(127\.0\.0\.1:1234|\[::1\])\//,
    );
    statuses.add(`${path} ${response.status}`);
  }
  // Each place was also reached by what is right, so that more than refusals was tried.
  expect([...statuses]).toEqual(expect.arrayContaining(["/o/oauth2/v2/auth 200", "/o/oauth2/v2/auth 302"]));
});
