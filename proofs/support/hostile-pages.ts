import type * as Clock from "../../src/core/clock.js";
import type * as Loopback from "../../src/oauth/loopback.js";
import { openWorld, redirectUri } from "./world.js";

/** A page that somebody sees in a browser, whose texts are markup. */
export interface HostilePage {
  readonly name: string;
  readonly html: string;
  readonly policy: string | null;
}

/** Markup that runs where it is not escaped, in text and in attributes. */
export const markup: readonly string[] = [
  `<script>alert(1)</script>`,
  `<img src=x onerror=alert(1)>`,
  `"><svg onload=alert(1)>`,
  `'><a href='javascript:alert(1)'>click</a>`,
  `</title></style><iframe src=//evil.example>`,
  `&lt;b&gt;`,
];

/** The page at the end of a sign-in, and the one on which a person consents to it. */
export async function hostilePages(): Promise<HostilePage[]> {
  return [...(await callbackPages()), await consentPage()];
}

async function callbackPages(): Promise<HostilePage[]> {
  const { openLoopback } = (await import(inside("oauth/loopback"))) as typeof Loopback;
  const { systemClock } = (await import(inside("core/clock"))) as typeof Clock;
  const pages: HostilePage[] = [];
  for (const ok of [true, false]) {
    const loopback = await openLoopback({ clock: systemClock });
    try {
      const answer = loopback.takeAnswer("s", () => Promise.resolve(true), {
        timeoutMs: 10_000,
        page: () => ({ ok, title: markup.join(" "), paragraphs: [...markup] }),
      });
      const html = await page(`callback, ${ok ? "done" : "failed"}`, `${loopback.redirectUri}?state=s&code=x`);
      await answer;
      pages.push(html);
    } finally {
      await loopback.close();
    }
  }
  return pages;
}

async function consentPage(): Promise<HostilePage> {
  const user = "alice@example.com";
  await using world = await openWorld({ users: [{ email: user, name: markup.join(" ") }] }, user);
  const { url } = await world.credentials.beginConsent("google_gmail", { userId: "other", redirectUri });
  return await page("consent", url); // the world is closed after it
}

async function page(name: string, address: string): Promise<HostilePage> {
  const response = await fetch(address);
  return { name, html: await response.text(), policy: response.headers.get("content-security-policy") };
}

function inside(file: string): string {
  return new URL(`../../../dist/${file}.js`, import.meta.url).href;
}
