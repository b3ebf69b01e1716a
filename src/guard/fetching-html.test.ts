import { describe, expect, it } from "vitest";
import { fetchesOnOpening } from "./fetching-html.js";

const address = "https://collect.evil.example/?d=4711";

describe("fetchesOnOpening", () => {
  it.each([
    `<img src="${address}">`,
    `<img/src=${address}>`,
    `<img lowsrc="${address}">`,
    `<IMG\nSRC\n=\n"${address}">`,
    `<table background="${address}"><tr><td>Hi</table>`,
    `<p style="background:url(${address})">Hi</p>`,
    `<p style="background:u&#114;l(${address})">Hi</p>`,
    `<p style="background:u\\72l(${address})">Hi</p>`,
    `<p style=background:u&#x72;l(${address})>Hi</p>`,
    `<p title='style="' style="background:u&#114;l(${address})">Hi</p>`,
    `<p style="color: red; style= x; background:u&#114;l(${address})">Hi</p>`,
    `<p style="color: ${"x".repeat(3_000)}">Hi</p>`,
    `<style>p { color: red } <style> p { background: u\\72l(${address}) }</style>`,
    `<style>@\\69mport "${address}";</style>Hi`,
    `<style>p { background: image-set("${address}" 1x) }</style><p>Hi</p>`,
    `<style>@media all { p { color: red } }`,
    `<svg><image href="${address}"/></svg>`,
    `<svg><use xlink:href="${address}#a"/></svg>`,
    `<v:fill type="frame" o:href="${address}"/>`,
    `<!--[if mso]><v:fill src="${address}"/><![endif]-->`,
    `<link rel="stylesheet" href="${address}">`,
    `<meta http-equiv="refresh" content="0;url=${address}">`,
    `<?import namespace="x" implementation="${address}">`,
  ])("says so of %s", (html) => {
    expect(fetchesOnOpening(html)).toBe(true);
  });

  it.each([
    "Hello, 1 < 2 and 3 > 2 & so on",
    `<p>Hello <b>Bob</b>,<br/>see <a href="${address}">the page</a>.</p>`,
    '<!DOCTYPE html><html><head><title>Hi</title><style>p { color: red }</style></head><body style="margin: 0">Hi</body></html>',
    "<!-- a remark --><table style='width: 100%'><tr><td align=\"left\">1</td></tr></table>",
  ])("does not say so of %s", (html) => {
    expect(fetchesOnOpening(html)).toBe(false);
  });
});
