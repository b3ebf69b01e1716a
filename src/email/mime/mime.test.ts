import { beforeAll, describe, expect, it } from "vitest";
import { charsetOf, decodeText } from "./charset.js";
import { loadHeaderReader, type HeaderReader } from "./headers.js";
import { htmlToText } from "./html-text.js";

describe("decodeText", () => {
  it.each([
    ["iso-8859-1", [0x47, 0x72, 0xfc, 0xdf, 0x65], "Grüße"],
    ["windows-1252", [0x80, 0x31], "€1"],
    ["shift_jis", [0x93, 0xfa, 0x96, 0x7b], "日本"],
    ["utf-8", [0xc3, 0xbc], "ü"],
    ["koi8-r", [0xf0, 0xd2, 0xc9], "При"],
  ])("reads %s", (charset, bytes, text) => {
    expect(decodeText(Uint8Array.from(bytes), charset)).toBe(text);
  });

  it("reads UTF-8 that is wrongly declared as a charset of one byte, which Gmail does", () => {
    expect(decodeText(new TextEncoder().encode("Grüße"), "iso-8859-1")).toBe("Grüße");
  });

  it("still shows a text whose charset is missing or made up", () => {
    expect(decodeText(Uint8Array.from([0x47, 0xfc]), undefined)).toBe("Gü");
    expect(decodeText(new TextEncoder().encode("é"), "x-made-up")).toBe("é");
  });

  it("finds the charset in a header however it is written", () => {
    expect(charsetOf('text/plain; Charset="ISO-8859-1"; format=flowed')).toBe("ISO-8859-1");
    expect(charsetOf("text/plain;charset=utf-8")).toBe("utf-8");
    expect(charsetOf("text/plain")).toBeUndefined();
  });
});

describe("HeaderReader", () => {
  let reader: HeaderReader;
  beforeAll(async () => {
    reader = await loadHeaderReader();
  });

  it("keeps a comma inside a quoted name, encoded or not", () => {
    expect(reader.addresses('"Miller, Ann" <ann@x.example>, =?utf-8?Q?M=C3=BCller=2C_Bo?= <bo@y.example>')).toEqual([
      { name: "Miller, Ann", address: "ann@x.example" },
      { name: "Müller, Bo", address: "bo@y.example" },
    ]);
  });

  it("lists the members of groups, and nobody for undisclosed recipients", () => {
    expect(reader.addresses("Team: a@x.example, b@x.example;")).toEqual([
      { address: "a@x.example" },
      { address: "b@x.example" },
    ]);
    expect(reader.addresses("undisclosed-recipients:;")).toEqual([]);
  });

  it("does not take an address out of a display name", () => {
    expect(reader.addresses('"boss@corp.example" <thief@evil.example>')).toEqual([
      { name: "boss@corp.example", address: "thief@evil.example" },
    ]);
  });

  it("joins encoded words and lets no line break through", () => {
    expect(reader.text("=?ISO-8859-1?Q?Gr=FC=DFe?= =?ISO-8859-1?Q?_aus_K=F6ln?=")).toBe("Grüße aus Köln");
    expect(reader.text(`=?utf-8?B?${Buffer.from("Hi\r\nBcc: x@y").toString("base64")}?=`)).toBe("Hi Bcc: x@y");
  });
});

describe("htmlToText", () => {
  it("reads like the page: paragraphs, lists and links, without scripts and styles", async () => {
    const html = `<head><title>x</title><style>p{}</style></head><p>Dear&nbsp;Ann,</p><p>see <a href="https://a.example/x">the plan</a>:
      <ul><li>one</li><li>two</li></ul><script>alert(1)</script>`;
    expect(await htmlToText(html)).toBe("Dear Ann,\n\nsee the plan (https://a.example/x):\n\n- one\n\n- two");
  });

  it("says so when a mail is too long to be shown whole", async () => {
    const long = await htmlToText(`<p>${"word ".repeat(1_100_000)}THE END</p>`);
    expect(long.slice(-60)).toContain("\n[The rest of this mail is too long to be shown.]");
  });

  it("does not fall to deep nesting", async () => {
    const deep = `before${"<div>".repeat(100_000)}x${"</div>".repeat(100_000)}after`;
    expect(await htmlToText(deep)).toBe("before\n[The rest of this mail is nested too deeply to be shown.]");
  });
});
