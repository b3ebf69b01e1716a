import { createRandom } from "../../src/sandbox/random.js";
import { bodyTypes, methodBodies, type BodyTypeName, type FieldType } from "../../src/sandbox/gmail/request-bodies.js";
import type { Route } from "../../src/sandbox/routes.js";

/** A request as somebody sends it who tries what breaks. */
export interface HostileCall {
  readonly path: string;
  readonly method: string;
  readonly contentType: string;
  /** Undefined where the method takes none. */
  readonly body: string | undefined;
}

/** What may stand for a variable of a path, a parameter or a field: texts that mean something to the mailbox. */
export type Known = Readonly<Record<string, readonly string[]>>;

const surrogate = "\ud83d";
const oddTexts = [
  "",
  " ",
  "0x2",
  "-1",
  "9".repeat(30),
  "true",
  "constructor",
  "__proto__",
  "hasOwnProperty",
  "toString",
  "<>&\"'\\",
  surrogate,
  "é🎈\u202e".repeat(40),
  "\u0000",
  "a\r\nBcc: x@example.com",
  "((((-{OR AND}",
  "x".repeat(5000),
  "%",
  "../..",
  "Label_1",
  "me@",
  "after:constructor older_than:9999999999y",
];
const oddNumbers = [0, -1, 1.5, 2 ** 31, 2 ** 53, 1e308, -1e-7];
const oddMails = [
  "To: alice@example.com\r\nSubject: Plan\r\n\r\nx",
  "To: bob@example.com, info@elsewhere.example\r\nIn-Reply-To: <plan@x>\r\nSubject: Re: Plan\r\n\r\nx",
  "\r\n\r\n",
  "no header at all",
  "To: =?utf-8?B?////?= <bob@example.com>\r\nSubject: =?x?Q?=ZZ?=\r\nDate: yesterday\r\n\r\n",
  "To: bob@example.com\r\nContent-Type: multipart/mixed; boundary=\r\n\r\n--\r\n--\r\n----",
  "To: bob@example.com\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a\r\nContent-Type: multipart/mixed; boundary=a\r\n\r\n--a",
  "To: bob@example.com\r\nContent-Type: text/plain; charset=constructor\r\nContent-Transfer-Encoding: base64\r\n\r\n%%%",
  `To: ${"x@example.com,".repeat(600)}\r\n\r\n`,
  "To: bob@example.com\r\nReferences: <\r\nMessage-ID: \r\nFrom: ;;:<>,\r\n\r\n\u0000",
];

/** Makes calls of a route, the same in every run: most of each is right, and something is not. */
export function hostileCalls(seed: number): (route: Route, known: Known) => HostileCall {
  const random = createRandom(seed);
  const pick = <T>(from: readonly T[]): T => from[Math.floor(random() * from.length)] as T;
  const chance = (share: number): boolean => random() < share;
  const textFor = (name: string, known: Known): string => {
    if (chance(0.15)) return pick(oddTexts);
    if (name === "raw") return Buffer.from(pick(oddMails)).toString("base64url");
    return pick(known[name] ?? oddTexts);
  };
  const odd = (depth: number): unknown => {
    if (depth > 3 || chance(0.5)) return pick([...oddTexts, ...oddNumbers, null, true, false]);
    if (chance(0.5)) return Array.from({ length: Math.floor(random() * 4) }, () => odd(depth + 1));
    return Object.fromEntries([pick(oddTexts), "constructor"].map((name) => [name, odd(depth + 1)]));
  };
  const value = (type: FieldType, name: string, known: Known, depth: number): unknown => {
    if (chance(0.06)) return odd(0);
    if (type.endsWith("[]")) {
      const count = chance(0.05) ? 1100 : Math.ceil(random() * 2);
      const single = type.slice(0, -2) as FieldType;
      return Array.from({ length: count }, () => value(single, name, known, depth + 1));
    }
    if (type === "boolean") return chance(0.5);
    if (type === "number" || type === "int64" || type === "uint64") {
      return chance(0.7) ? Math.floor(random() * 3) * 1000 : pick([...oddNumbers, "7", "9".repeat(19)]);
    }
    if (type === "string" || type === "bytes") return textFor(name, known);
    return message(type as BodyTypeName, known, depth + 1);
  };
  const message = (type: BodyTypeName, known: Known, depth: number): Record<string, unknown> => {
    const fields = Object.entries(bodyTypes[type]).filter(([name]) => known[name] || name === "raw" || chance(0.5));
    const entries = fields.map(([name, field]) => [name, depth > 4 ? null : value(field, name, known, depth)] as const);
    return Object.fromEntries(chance(0.05) ? [...entries, [pick(oddTexts), odd(0)]] : entries);
  };
  const bodyOf = (type: BodyTypeName, known: Known): string => {
    const json = JSON.stringify(message(type, known, 0));
    if (chance(0.9)) return json;
    const deep = "[".repeat(50) + "]".repeat(50);
    const whole = ["", "null", "[]", '"x"', "{", json.slice(0, -2), `{"__proto__":${json}}`, `{"raw":${deep}}`];
    return pick([...whole, json.replace(/"[^"]*"/, "\ufeff"), json.replaceAll('"', "")]);
  };
  const queryOf = (route: Route, known: Known): string => {
    const own = (route.parameters ?? []).filter(() => chance(0.4));
    const names = chance(0.2) ? [...own, pick(["alt", "fields", "$.xgafv", "constructor", "prettyPrint", "key"])] : own;
    return names.map((name) => `${encoded(name)}=${encoded(textFor(name, known))}`).join("&");
  };
  return (route, known) => {
    const parts = route.path.replace(/\{(\w+)\}/g, (_, name: string) => encoded(textFor(name, known)) || "%20");
    const type = methodBodies[route.name.replace("gmail.users.", "")]?.type;
    const isUpload = route.maxUploadBytes !== undefined && chance(0.3);
    const query = [queryOf(route, known), ...(isUpload ? [`uploadType=${pick(["media", "multipart"])}`] : [])];
    const body = isUpload ? pick(oddMails) : type && bodyOf(type, known);
    const contentType =
      isUpload || chance(0.03) ? pick(["message/rfc822", "multipart/related", "x"]) : "application/json";
    return { path: `${isUpload ? "/upload" : ""}${parts}?${query.join("&")}`, method: route.method, contentType, body };
  };
}

/** As a browser would not write it: half of a surrogate pair, as its bytes. */
function encoded(text: string): string {
  return text === surrogate ? "%ED%A0%BD" : encodeURIComponent(text);
}
