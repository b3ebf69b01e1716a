import { connect } from "node:net";
import { request } from "node:http";
import { describe, expect, it } from "vitest";
import { systemClock } from "../core/clock.js";
import { unknownAnswer } from "./callback-page.js";
import { openLoopback, type Loopback } from "./loopback.js";

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

const opened = (): Promise<Loopback> => openLoopback({ clock: systemClock });
/** Waits for an answer; the page says how it ended. */
const take = <T>(loopback: Loopback, complete: (callbackUrl: string) => Promise<T>, timeoutMs = 5_000) => {
  const answer = loopback.takeAnswer("s", complete, {
    timeoutMs,
    page: (ending) => ({
      ok: "value" in ending,
      title: "value" in ending ? "Done & dusted" : "Failed",
      paragraphs: [JSON.stringify(ending)],
    }),
  });
  answer.catch(() => undefined);
  return answer;
};

describe("openLoopback", () => {
  it("takes the one answer of the sign-in it waits for, completes it before the page is shown, and takes nothing else", async () => {
    const loopback = await opened();
    const { redirectUri } = loopback;
    const { origin } = new URL(redirectUri);
    expect(redirectUri).toMatch(/^http:\/\/127\.0\.0\.1:\d+\/callback$/);
    expect((await ask(`${redirectUri}?state=s&code=early`)).status).toBe(400);
    const completed: string[] = [];
    const waiting = take(loopback, (callbackUrl) => {
      completed.push(callbackUrl);
      return Promise.resolve("<script>alert(1)</script>");
    });
    const attacks: [string, { method?: string; host?: string }, number][] = [
      [`${redirectUri}?code=x`, {}, 400],
      [`${redirectUri}?state=&code=x`, {}, 400],
      [`${redirectUri}?state=wrong&code=x`, {}, 400],
      [`${redirectUri}?state=wrong&state=s&code=x`, {}, 400],
      [`${redirectUri}?state=s&state=wrong&code=x`, {}, 400],
      [`${redirectUri}?state=s&code=x&code=y`, {}, 400],
      [`${redirectUri}?state=s&code=x&error=access_denied`, {}, 400],
      [`${redirectUri}?state=s`, {}, 400],
      [`${origin}/?state=s&code=x`, {}, 404],
      [`${origin}/callbacks?state=s&code=x`, {}, 404],
      [`${origin}/callback/../etc?state=s&code=x`, {}, 404],
      [`${redirectUri}?state=s&code=x`, { method: "POST" }, 405],
      [`${redirectUri}?state=s&code=x`, { method: "HEAD" }, 405],
      [`${redirectUri}?state=s&code=x`, { host: "evil.example" }, 400],
      [`${redirectUri}?state=s&code=x`, { host: `localhost:${loopback.port}` }, 400],
      [`${redirectUri}?state=s&code=${"x".repeat(9000)}`, {}, 400],
    ];
    for (const [address, options, status] of attacks)
      expect((await ask(address, options)).status, address).toBe(status);
    expect(completed).toEqual([]);
    const shown = await ask(`${redirectUri}?state=s&code=first`);
    expect(shown).toMatchObject({ status: 200, page: expect.stringContaining("Done &amp; dusted") as string });
    expect(shown.page).not.toContain("<script>");
    expect(await waiting).toBe("<script>alert(1)</script>");
    expect((await ask(`${redirectUri}?state=s&code=second`)).status).toBe(400);
    expect(completed).toEqual([`${redirectUri}?state=s&code=first`]);
    await loopback.close();
    await expect(ask(redirectUri)).rejects.toMatchObject({ code: "ECONNREFUSED" });
  });

  it("takes no second answer while the first is completed", async () => {
    const loopback = await opened();
    let finish = (): void => undefined;
    const waiting = take(loopback, () => new Promise<void>((resolve) => (finish = resolve)));
    const first = ask(`${loopback.redirectUri}?state=s&code=first`);
    await systemClock.sleep(50);
    expect((await ask(`${loopback.redirectUri}?state=s&code=second`)).status).toBe(400);
    finish();
    expect((await first).status).toBe(200);
    await waiting;
    await loopback.close();
  });

  it("shows why it failed, and fails with that", async () => {
    const loopback = await opened();
    const waiting = take(loopback, () => Promise.reject(new RangeError("wrong account")));
    const shown = await ask(`${loopback.redirectUri}?state=s&code=x`);
    expect(shown).toMatchObject({ status: 400, page: expect.stringContaining("Failed") as string });
    await expect(waiting).rejects.toThrow("wrong account");
    await loopback.close();
  });

  it("goes on although the browser is closed before its page comes", async () => {
    const loopback = await opened();
    const waiting = take(loopback, async () => systemClock.sleep(100).then(() => "stored"));
    const browser = connect(loopback.port, "127.0.0.1");
    browser.write(`GET /callback?state=s&code=x HTTP/1.1\r\nHost: 127.0.0.1:${loopback.port}\r\n\r\n`);
    await systemClock.sleep(30);
    browser.destroy();
    expect(await waiting).toBe("stored");
    await loopback.close();
  });

  it("closes at once although a browser keeps a connection open for later", async () => {
    const loopback = await opened();
    const spare = connect(loopback.port, "127.0.0.1");
    spare.on("error", () => undefined);
    await new Promise((resolve) => spare.once("connect", resolve));
    const closed = await Promise.race([loopback.close().then(() => true), systemClock.sleep(1_000).then(() => false)]);
    spare.destroy();
    expect(closed).toBe(true);
  });

  it("ends when nothing comes, and when the caller gives up", async () => {
    const loopback = await opened();
    await expect(take(loopback, () => Promise.resolve(), 5)).rejects.toMatchObject({ code: "connection.timeout" });
    const reason = new DOMException("stop", "AbortError");
    const options = { timeoutMs: 5_000, signal: AbortSignal.abort(reason), page: () => unknownAnswer };
    await expect(loopback.takeAnswer("s", () => Promise.resolve(), options)).rejects.toBe(reason);
    expect((await ask(`${loopback.redirectUri}?state=s&code=late`)).status).toBe(400);
    await loopback.close();
  });
});
