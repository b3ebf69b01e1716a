import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { chromium, type Browser, type Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { beginSetup } from "./support/begun-setup.js";
import { auditPage, chromiumPath } from "./support/browser.js";
import { events, oauthClient, readonly, type OAuthClient } from "./support/oauth-client.js";
import { openWorld, type World } from "./support/world.js";

if (chromiumPath === undefined)
  console.warn("No Chromium on this machine: the pages that people see are not tried in a browser.");

const alice = "alice@example.com";
const hostile = '<img src=x onerror="document.title=1"><script>document.title=2</script>';

describe.skipIf(chromiumPath === undefined)("in a browser", () => {
  const client = createServer((_, response) => response.end("Back"));
  let browser: Browser;
  let page: Page;
  let w: World;
  let scene: OAuthClient;
  let redirectUri: string;

  beforeAll(async () => {
    [browser, w] = await Promise.all([
      chromium.launch({ executablePath: chromiumPath ?? "", args: ["--no-sandbox"] }),
      openWorld({
        seed: {
          users: [
            { email: alice, name: "Alice Moreau" },
            { email: "bob@example.com", name: hostile },
          ],
          projects: [{ id: hostile }],
        },
      }),
    ]);
    page = await browser.newPage();
    scene = oauthClient(w.sandbox);
    client.listen(0, "127.0.0.1");
    await once(client, "listening");
    redirectUri = `http://127.0.0.1:${(client.address() as AddressInfo).port}/callback`;
  });
  afterAll(async () => {
    await browser.close();
    client.close();
    await w[Symbol.asyncDispose]();
  });

  const open = (parameters: Record<string, string> = {}) =>
    page.goto(
      scene.authorizationUrl({ redirect_uri: redirectUri, scope: `${readonly} ${events}`, state: "s", ...parameters }),
    );
  const answer = () => new URL(page.url()).searchParams;
  const heading = () => page.getByRole("heading", { level: 1 }).textContent();
  const press = (name: string) => page.getByRole("button", { name }).click();

  it("a page that leaves people out or lets anything in would be noticed", async () => {
    await page.goto("about:blank");
    await page.setContent(`<title></title><h1>A</h1><h1>B</h1><p style="color:#999">Pale</p><img src="https://x.example">
      <main><input type="radio"><button style="height:9px"></button><script>1</script><p onclick="1">wide</p></main>`);
    const noticed = (await auditPage(page)).filter((problem) => problem.startsWith("dark")).join("\n");
    for (const problem of [
      "no language",
      "no title",
      "2 headings",
      'p "Pale" has a contrast of 2.85',
      "from https://x",
    ])
      expect(noticed).toContain(problem);
    for (const problem of ["input without a name", "button without a name", "too low", "outside of a group", "onclick"])
      expect(noticed).toContain(problem);
    for (const problem of ["script that should not", "outside of the landmarks", "without its style"])
      expect(noticed).toContain(problem);
  });

  it("every page forbids itself scripts and whatever is not its own", async () => {
    const { headers } = await fetch(scene.authorizationUrl({ redirect_uri: redirectUri }));
    const policy = headers.get("content-security-policy");
    expect(policy).toMatch(/^default-src 'none'; img-src data:; style-src 'sha256-[^']+'; form-action 'self' http:/);
    expect(policy).toContain(`form-action 'self' ${new URL(redirectUri).origin};`);
  });

  describe("the consent page", () => {
    it("is read, ticked and sent by a person", async () => {
      await open();
      expect(await page.title()).toBe("Sign in to the sandbox");
      await page.getByLabel("Alice Moreau").check();
      await page.getByLabel(/events/i).uncheck();
      await press("Allow");
      expect([answer().get("state"), answer().get("scope")]).toEqual(["s", readonly]);
      expect(answer().get("code")).toMatch(/^4\/0/);
    });

    it("is read, ticked and sent without a mouse, and shows where one is", async () => {
      await open();
      // Tab goes to the account, to each permission, to the duration and to the buttons, in this order.
      await page.keyboard.press("Tab");
      await page.keyboard.press("ArrowDown"); // Bob
      await page.keyboard.press("Tab");
      await page.keyboard.press("Space"); // without Gmail
      for (let turn = 0; turn < 3; turn += 1) {
        await page.keyboard.press("Tab");
        expect(await page.evaluate("getComputedStyle(document.activeElement).outline")).toMatch(/solid 3px$/);
      }
      expect(await page.evaluate("document.activeElement.textContent")).toBe("Allow");
      await page.keyboard.press("Enter");
      await page.waitForURL(`${redirectUri}*`);
      expect(answer().get("scope")).toBe(events);
      const code = answer().get("code") ?? "";
      const given = await scene.token({ grant_type: "authorization_code", code, redirect_uri: redirectUri });
      const info = await scene.get("/gmail/v1/users/me/profile", given.json["access_token"]);
      expect(info.status).toBe(403);
      expect(w.sandbox.findRequests({ user: "bob@example.com" })).not.toEqual([]);
    });

    it("lets a person cancel before an account is chosen", async () => {
      await open({ prompt: "select_account" });
      await press("Cancel");
      expect(answer().get("error")).toBe("access_denied");
    });

    it("does not go on without an account", async () => {
      await open({ prompt: "select_account" });
      await press("Allow");
      expect(new URL(page.url()).pathname).toBe("/o/oauth2/v2/auth");
    });

    it("names all that can be chosen and shows names as they are, on a phone and a desk, in light and dark", async () => {
      for (const width of [320, 1280]) {
        await page.setViewportSize({ width, height: 700 });
        await open();
        expect(await auditPage(page), `${width}`).toEqual([]);
      }
      expect(await page.getByRole("radio").count()).toBe(2);
      const permissions = page.getByRole("group", { name: "What the application may do" });
      expect(await permissions.getByRole("checkbox").count()).toBe(2);
      expect(await page.getByRole("group", { name: "Account" }).textContent()).toContain(hostile);
      expect(await page.getByRole("main").textContent()).toContain(`${hostile} asks for access`);
    });

    it("says what is wrong with a request, and goes nowhere", async () => {
      await open({ scope: "<b>nonsense" });
      expect(await heading()).toBe("Error 400: invalid_scope");
      expect(await page.getByRole("alert").textContent()).toContain("<b>nonsense");
      expect(await auditPage(page)).toEqual([]);
    });
  });

  describe("the whole sign-in", () => {
    const setup = ["--service", "gmail", "--profile", "work"];
    const text = () => page.getByRole("main").innerText();
    const audited = async (): Promise<void> => {
      await page.setViewportSize({ width: 320, height: 600 });
      expect(await auditPage(page)).toEqual([]);
    };

    it("ends on a page that says that nothing was allowed", async () => {
      const { url, ended } = await beginSetup(w, [...setup, "--credentials", w.clientFile]);
      await page.goto(url);
      await press("Cancel");
      expect(await heading()).toBe("Access was not allowed");
      expect(await page.getByRole("alert").textContent()).toContain(
        "Nothing was connected to Gmail, and nothing was changed.",
      );
      await audited();
      expect((await ended).code).toBe(35);
    });

    it("ends on a page that says what was not allowed", async () => {
      const { url, ended } = await beginSetup(w, [...setup, "--credentials", w.clientFile]);
      await page.goto(url);
      await page.getByLabel("Alice Moreau").check();
      await page.getByRole("checkbox").uncheck();
      await press("Allow");
      expect(await heading()).toBe("Signed in, but not everything was allowed");
      expect(await text()).toMatch(/What is missing: .*gmail\.modify[^]*tick every box/);
      await audited();
      expect((await ended).code).not.toBe(0);
    });

    it("ends on a page that says which service, account and profile are connected, and what to do next", async () => {
      const { url, ended } = await beginSetup(w, setup);
      await page.goto(new URL(url).searchParams.get("redirect_uri") ?? "");
      expect(await heading()).toBe("Nothing to see here");
      await audited();
      await page.goto(url);
      await page.getByLabel("Alice Moreau").check();
      await press("Allow");
      expect(await heading()).toBe("Connected to Gmail");
      expect(await page.getByRole("status").textContent()).toContain(`Signed in as ${alice}, for the profile "work".`);
      expect(await text()).toContain("You can close this tab and go back to the terminal.");
      await audited();
      expect((await ended).code).toBe(0);
    });

    it("ends on a page that says that it was another account", async () => {
      const { url, ended } = await beginSetup(w, setup);
      await page.goto(url);
      await page.getByLabel("bob@example.com").check();
      await press("Allow");
      expect(await heading()).toBe("That was another account");
      expect(await text()).toMatch(/belongs to alice@example\.com, but bob@example\.com/);
      await audited();
      expect((await ended).code).toBe(36);
    });
  });
});
