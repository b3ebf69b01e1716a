import { afterEach, describe, expect, it } from "vitest";
import type { gmail_v1 } from "@googleapis/gmail";
import { gmailClient } from "../../../test/support/google-clients.js";
import { createGoogleSandbox, type GoogleSandbox } from "../index.js";

const userId = "me";

describe("what the sandbox's Gmail reads of a mail", () => {
  let sandbox: GoogleSandbox;
  afterEach(() => sandbox.close());

  /** Gmail with one mail. */
  const mailOf = async (...lines: string[]): Promise<gmail_v1.Schema$Message> => {
    sandbox = await createGoogleSandbox({
      seed: { users: [{ email: "alice@example.com", messages: [{ raw: lines.join("\r\n") }] }] },
    });
    const { messages } = gmailClient(sandbox, "alice@example.com").users;
    const { data } = await messages.list({ userId });
    return (await messages.get({ userId, id: data.messages?.[0]?.id ?? "" })).data;
  };

  it.each([
    ["in quotes", 'filename="a; filename=b.txt"', "a; filename=b.txt"],
    ["with blanks and no quotes", "filename=my plan.pdf", "my plan.pdf"],
    ["with a charset", "filename*=iso-8859-1'de'Gr%FC%DFe.txt", "Grüße.txt"],
    ["in UTF-8, before the plain one", "filename=\"x.txt\"; filename*=UTF-8''%E2%82%AC.txt", "€.txt"],
    ["in pieces", 'filename*0="very long "; filename*1="name.txt"', "very long name.txt"],
    ["in encoded pieces", "filename*0*=UTF-8''%E2%82%AC; filename*1=\" rates\"; filename*2*=%2Etxt", "€ rates.txt"],
    ["as an encoded word of Windows", 'filename="=?windows-1252?Q?Ann=92s_=80.txt?="', "Ann’s €.txt"],
    ["as an encoded word of no charset", 'filename="=?none?Q?a?="', "=?none?Q?a?="],
    ["as an encoded word", 'filename="=?UTF-8?B?R3LDvMOfZS50eHQ=?="', "Grüße.txt"],
    ["inside of another parameter's value", 'x="; filename=no.txt"; filename=yes.txt', "yes.txt"],
    ["with an escaped quote", 'filename="a\\"b.txt"', 'a"b.txt'],
  ])("is a file's name %s", async (_, parameter, name) => {
    const { payload } = await mailOf(
      "Content-Type: text/plain",
      `Content-Disposition: attachment; ${parameter}`,
      "",
      "x",
    );
    expect(payload?.filename).toBe(name);
  });

  it.each([
    ["Bob &amp; Ann&nbsp;&#8217;s &lt;b&gt; &unknown; 1 < 2", "Bob &amp; Ann ’s &lt;b&gt; &amp;unknown; 1 &lt; 2"],
    ["<STYLE>p {}</STYLE><!-- no --><p title='x'>Yes</p><script>no</script> and", "Yes and"],
    ["<p>Begun<style>never ended", "Begun"],
    ["It&#146;s &agrave; la carte &rarr; &#x20AC;5 &copy;&#0;", "It’s à la carte → €5 ©\ufffd"],
    [`<table>${" ".repeat(5000)}<td>Late`, "Late"],
    [`${"x".repeat(199)}😀`, "x".repeat(199)],
  ])("is the beginning of a page: %s", async (html, snippet) => {
    expect((await mailOf("Content-Type: text/html; charset=utf-8", "", html)).snippet).toBe(snippet);
  });

  it("is quoted-printable text without what was added on the way", async () => {
    const { payload } = await mailOf(
      "Content-Type: text/plain",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "one =",
      "two  \t",
      "=3D three=20",
    );
    expect(Buffer.from(payload?.body?.data ?? "", "base64url").toString()).toBe("one two\r\n= three ");
  });

  it.each([
    ["a page of brackets", "Content-Type: text/html\r\n\r\n", "<"],
    ["a page of tags", "Content-Type: text/html\r\n\r\n", "<style"],
    ["a boundary", "Content-Type: multipart/mixed; boundary=", "-"],
    ["a file's name", 'Content-Disposition: attachment; filename="', 'a long name with a quote in it \\"'],
    ["the name of a charset", "Content-Type: text/plain; charset=", "utf"],
    ["a line of blanks", "Content-Transfer-Encoding: quoted-printable\r\n\r\nx", " "],
    ["recipients in quotes", "To: ", '\\"'],
    ["recipients in comments", "To: ", "(\\("],
    ["recipients without end", "To: ", "a"],
    ["parameters", "Content-Type: text/plain", "; a"],
  ])("takes no longer than it is long: %s", async (_, before, text) => {
    await mailOf(`${before}${text.repeat(400_000)}x\r\n\r\nx`);
  });
});
