import { once } from "node:events";
import { existsSync } from "node:fs";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { events, readonly } from "../../../test/support/oauth-client.js";
import { openOAuthScene, type OAuthScene } from "../../../test/support/oauth-scene.js";

const executablePath = ["/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"].find((path) =>
  existsSync(path),
);
if (executablePath === undefined)
  console.warn("No Chromium on this machine: the consent page is not tried in a browser.");

describe.skipIf(executablePath === undefined)("the consent page in a browser", () => {
  const client = createServer((_, response) => response.end("Back"));
  let browser: Browser;
  let page: Page;
  let scene: OAuthScene;
  let redirectUri: string;

  beforeAll(async () => {
    browser = await chromium.launch({ executablePath: executablePath ?? "", args: ["--no-sandbox"] });
    page = await browser.newPage();
    scene = await openOAuthScene();
    client.listen(0, "127.0.0.1");
    await once(client, "listening");
    redirectUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/callback`;
  });
  afterAll(async () => {
    await browser.close();
    client.close();
    await scene[Symbol.asyncDispose]();
  });

  const open = (parameters: Record<string, string> = {}) =>
    page.goto(
      scene.authorizationUrl({ redirect_uri: redirectUri, scope: `${readonly} ${events}`, state: "s", ...parameters }),
    );
  const answer = () => new URL(page.url()).searchParams;

  it("is read, ticked and sent by a person", async () => {
    await open();
    expect(await page.title()).toBe("Sign in to the sandbox");
    await page.getByLabel("Alice Moreau").check();
    await page.getByLabel(/events/i).uncheck();
    await page.getByRole("button", { name: "Allow" }).click();
    expect([answer().get("state"), answer().get("scope")]).toEqual(["s", readonly]);
    expect(answer().get("code")).toMatch(/^4\/0/);
  });

  it("is read, ticked and sent without a mouse", async () => {
    await open();
    // Tab goes to the account, to each permission, to the duration and to the buttons, in this order.
    await page.keyboard.press("Tab");
    await page.keyboard.press("ArrowDown"); // Bob
    await page.keyboard.press("Tab");
    await page.keyboard.press("Space"); // without Gmail
    for (let turn = 0; turn < 3; turn += 1) await page.keyboard.press("Tab");
    expect(await page.evaluate("document.activeElement.textContent")).toBe("Allow");
    await page.keyboard.press("Enter");
    await page.waitForURL(`${redirectUri}*`);
    expect(answer().get("scope")).toBe(events);
    const code = answer().get("code") ?? "";
    const given = await scene.token({ grant_type: "authorization_code", code, redirect_uri: redirectUri });
    const info = await scene.get("/gmail/v1/users/me/profile", given.json["access_token"]);
    expect(info.status).toBe(403);
    expect(scene.sandbox.findRequests({ user: "bob@example.com" })).not.toEqual([]);
  });

  it("lets a person cancel before an account is chosen", async () => {
    await open({ prompt: "select_account" });
    await page.getByRole("button", { name: "Cancel" }).click();
    expect(answer().get("error")).toBe("access_denied");
  });

  it("does not go on without an account", async () => {
    await open({ prompt: "select_account" });
    await page.getByRole("button", { name: "Allow" }).click();
    expect(new URL(page.url()).pathname).toBe("/o/oauth2/v2/auth");
  });

  it.each([360, 1280])(
    "fits into a window of %d pixels, in light and dark, and names all that can be chosen",
    async (width) => {
      await page.setViewportSize({ width, height: 700 });
      for (const colorScheme of ["light", "dark"] as const) {
        await page.emulateMedia({ colorScheme });
        await open();
        expect(await page.evaluate("document.documentElement.scrollWidth")).toBeLessThanOrEqual(width);
        expect(await page.getByRole("radio").count()).toBe(2);
        expect(
          await page.getByRole("group", { name: "What the application may do" }).getByRole("checkbox").count(),
        ).toBe(2);
      }
    },
  );

  it("says what is wrong with a request, and goes nowhere", async () => {
    await open({ scope: "nonsense" });
    expect(await page.getByRole("heading").textContent()).toBe("Error 400: invalid_scope");
    expect(await page.getByRole("alert").textContent()).toContain("nonsense");
  });
});
