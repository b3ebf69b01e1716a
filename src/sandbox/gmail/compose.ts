import type { SeedMessage } from "../seed.js";

/** Writes a seed's mail as RFC 5322 text, as the sender's program would have. */
export function composeMessage(message: SeedMessage, facts: { to: string; dateMs: number; messageId: string }): Buffer {
  if (message.raw !== undefined) return Buffer.from(message.raw.replace(/\r?\n/g, "\r\n"), "utf8");
  const own = Object.entries(message.headers ?? {});
  const usual: [string, string][] = [
    ["Date", new Date(facts.dateMs).toUTCString().replace("GMT", "+0000")],
    ["Message-ID", facts.messageId],
    ["Subject", encodeText(message.subject ?? "")],
    ["From", encodeAddress(message.from ?? "nobody@example.com")],
    ["To", encodeAddress(message.to ?? facts.to)],
    ...(message.cc === undefined ? [] : [["Cc", encodeAddress(message.cc)] as [string, string]]),
  ];
  // A header that the seed writes itself is not written twice.
  const ownNames = new Set(own.map(([name]) => name.toLowerCase()));
  const headers = [...usual.filter(([name]) => !ownNames.has(name.toLowerCase())), ...own, ["MIME-Version", "1.0"]];
  const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join("");
  return Buffer.from(head + content(message), "utf8");
}

function content(message: SeedMessage): string {
  const texts = [
    ...(message.text === undefined ? [] : [leaf("text/plain", message.text)]),
    ...(message.html === undefined ? [] : [leaf("text/html", message.html)]),
  ];
  const body = texts.length > 1 ? multipart("alternative", texts) : (texts[0] ?? leaf("text/plain", ""));
  const files = (message.attachments ?? []).map(({ filename, mimeType, content, encoding }) => {
    const data = wrapped(encoding === "base64" ? content : Buffer.from(content, "utf8").toString("base64"));
    const name = encodeText(filename).replaceAll('"', "");
    return `Content-Type: ${mimeType}; name="${name}"\r\nContent-Disposition: attachment; filename*=utf-8''${encodeURIComponent(filename)}\r\nContent-Transfer-Encoding: base64\r\n\r\n${data}`;
  });
  return files.length === 0 ? body : multipart("mixed", [body, ...files]);
}

function leaf(mimeType: string, text: string): string {
  const lines = text.replace(/\r?\n/g, "\r\n");
  // As it is where mail programs of 1982 could read it, else in base64.
  const plain = /^[\t\r\n\x20-\x7e]*$/.test(lines) && lines.split("\r\n").every(({ length }) => length < 990);
  const data = plain ? lines : wrapped(Buffer.from(lines, "utf8").toString("base64"));
  const encoding = plain ? "7bit" : "base64";
  return `Content-Type: ${mimeType}; charset="UTF-8"\r\nContent-Transfer-Encoding: ${encoding}\r\n\r\n${data}`;
}

function wrapped(base64: string): string {
  const lines: string[] = [];
  for (let start = 0; start < base64.length; start += 76) lines.push(base64.slice(start, start + 76));
  return lines.join("\r\n");
}

function multipart(kind: string, parts: readonly string[]): string {
  const boundary = `=_${kind}_${parts.length}_${parts.reduce((sum, part) => sum + part.length, 0)}`;
  const lines = parts.map((part) => `--${boundary}\r\n${part}\r\n`).join("");
  return `Content-Type: multipart/${kind}; boundary="${boundary}"\r\n\r\n${lines}--${boundary}--\r\n`;
}

/** What is beyond ASCII as an encoded word. @see https://www.rfc-editor.org/rfc/rfc2047 */
function encodeText(text: string): string {
  return /^[\x20-\x7e]*$/.test(text) ? text : `=?UTF-8?B?${Buffer.from(text, "utf8").toString("base64")}?=`;
}

/** Only the names of an address list may be beyond ASCII. */
function encodeAddress(list: string): string {
  return list.replace(
    /"([^"]*)"|([^\s,<>"][^,<>"]*)(<?)/g,
    (whole: string, quoted: string | undefined, plain: string | undefined, angle: string | undefined) => {
      const name = quoted ?? (angle === "<" ? (plain ?? "").trim() : "");
      const encoded = encodeText(name);
      if (encoded === name) return whole;
      return quoted === undefined ? `${encoded} <` : encoded;
    },
  );
}
