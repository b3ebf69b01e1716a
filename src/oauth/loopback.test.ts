import { connect } from "node:net";
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { systemClock } from "../core/clock.js";
import { openLoopback } from "./loopback.js";

/** Asks a listener and gives status and page. */
function ask(
  address: string,
  { method = "GET", host }: { method?: string; host?: string } = {},
): Promise<{ status: number; page: string }> {
  return new Promise((resolve, reject) => {
    request(address, { method, headers: host === undefined ? {} : { host } }, (response) => {
      let page = "";
      response.setEncoding("utf8").on("data", (text: string) => (page += text));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, page }));
    })
      .on("error", reject)
      .end();
  });
}

describe("openLoopback", () => {
  it("takes the one answer of the sign-in it waits for, and nothing else", async () => {
    const loopback = await openLoopback({ clock: systemClock });
    const { redirectUri } = loopback;
    const { origin } = new URL(redirectUri);
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect((await ask(`${redirectUri}?state=s&code=early`)).status).toBe(400);
    loopback.expectState("s");
    const attacks: [string, { method?: string; host?: string }, number][] = [
      [`${redirectUri}?code=x`, {}, 400],
      [`${redirectUri}?state=&code=x`, {}, 400],
      [`${redirectUri}?state=wrong&code=x`, {}, 400],
      [`${redirectUri}?state=wrong&state=s&code=x`, {}, 400],
      [`${redirectUri}?state=s`, {}, 400],
      [`${origin}/?state=s&code=x`, {}, 404],
      [`${origin}/callback/../etc?state=s&code=x`, {}, 404],
      [`${redirectUri}?state=s&code=x`, { method: "POST" }, 405],
      [`${redirectUri}?state=s&code=x`, { host: "evil.example" }, 400],
      [`${redirectUri}?state=s&code=x`, { host: `localhost:${new URL(origin).port}` }, 400],
      [`${redirectUri}?state=s&code=${"x".repeat(9000)}`, {}, 400],
    ];
    for (const [address, options, status] of attacks)
      expect((await ask(address, options)).status, address).toBe(status);
    const waiting = loopback.waitForCallback({ timeoutMs: 5_000 });
    const shown = await ask(`${redirectUri}?state=s&code=<script>alert(1)</script>`);
    expect(shown.page).toContain("You can close this page");
    expect(shown.page).not.toContain("<script>");
    expect(new URL(await waiting).searchParams.get("code")).toBe("<script>alert(1)</script>");
    expect((await ask(`${redirectUri}?state=s&code=second`)).status).toBe(400);
    await loopback.close();
    await expect(ask(redirectUri)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("shows its own page when access was denied", async () => {
    const loopback = await openLoopback({ clock: systemClock });
    loopback.expectState("s");
    const shown = await ask(`${loopback.redirectUri}?state=s&error=access_denied`);
    expect(shown.page).toContain("Access was not allowed");
    await loopback.close();
  });

  it("closes at once although a browser keeps a connection open for later", async () => {
    const loopback = await openLoopback({ clock: systemClock });
    const spare = connect(Number(new URL(loopback.redirectUri).port), "127.0.0.1");
    spare.on("error", () => undefined);
    await new Promise((resolve) => spare.once("connect", resolve));
    const closed = await Promise.race([loopback.close().then(() => true), systemClock.sleep(1_000).then(() => false)]);
    spare.destroy();
    expect(closed).toBe(true);
  });

  it("ends when nothing comes, and when the caller gives up", async () => {
    const loopback = await openLoopback({ clock: systemClock });
    await expect(loopback.waitForCallback({ timeoutMs: 5 })).rejects.toMatchObject({ code: "connection.timeout" });
    const reason = new DOMException("stop", "AbortError");
    await expect(loopback.waitForCallback({ timeoutMs: 5_000, signal: AbortSignal.abort(reason) })).rejects.toBe(
      reason,
    );
    await loopback.close();
  });
});
