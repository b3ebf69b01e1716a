/** A text from outside, such as what a terminal would obey, or what hides or turns around what stands beside it. */
export interface HostileText {
  readonly raw: string;
  /** What a person would see of it. */
  readonly seen: string;
}

const [escape, bell, st, c1st] = ["\u001b", "\u0007", "\u001b\\", "\u009c"];

function gone(...texts: string[]): HostileText[] {
  return texts.map((raw) => ({ raw, seen: "" }));
}

/** Whole ones, of which nothing is left, and what merely looks strange, which is seen as it is. */
const whole: readonly HostileText[] = [
  // Colours, the cursor, the screen.
  ...gone(`${escape}[31m`, `${escape}[2J`, `${escape}[1;1H`, `${escape}[?25l`, `${escape}[38:2::255:0:0m`, `\u009b31m`),
  ...gone(`${escape}c`, `${escape}7`, `${escape}(0`, `${escape}#8`, `${escape}%G`, `${escape}[6n`, `${escape}[>c`),
  // Titles, links, the clipboard, notifications, pictures.
  ...gone(
    `${escape}]0;pwned${bell}`,
    `${escape}]2;pwned${st}`,
    `\u009d0;pwned${c1st}`,
    `${escape}]52;c;cm0gLXJm${bell}`,
  ),
  ...gone(`${escape}]9;pwned${bell}`, `${escape}]777;notify;a;b${st}`, `${escape}]1337;File=inline=1:AAAA${bell}`),
  ...gone(`${escape}]4;1;rgb:ff/00/00${c1st}`, `${escape}kpwned${st}`),
  { raw: `${escape}]8;;http://evil.example${st}link${escape}]8;;${st}`, seen: "link" },
  // Strings for devices and programs.
  ...gone(`${escape}Pq#0;2;0;0;0${st}`, `${escape}P$q"p${st}`, `\u0090+q544e${c1st}`, `${escape}_Gi=1;AAAA${st}`),
  ...gone(`${escape}^private${st}`, `${escape}Xstart${st}`, `\u009fapc${c1st}`, `\u009epm${c1st}`, `\u0098sos${c1st}`),
  // Single controls, and those that write over what stands there.
  ...gone(
    "\u0000",
    "\u0007",
    "\u0008\u0008\u0008",
    "\u007f",
    "\u0084",
    "\u008d",
    "\u009c",
    "\u0018",
    "\u001a",
    "\u0005",
  ),
  { raw: "a\rb", seen: "a b" },
  { raw: "a\u000bb\u000cc", seen: "a b c" },
  { raw: "a\u0085b\u2028c\u2029d", seen: "a b c d" },
  // Directions, tags, and what has no width.
  ...gone(
    "\u202e",
    "\u202a\u202c",
    "\u2066\u2069",
    "\u200e",
    "\u200f",
    "\u061c",
    "\u200b",
    "\ufeff",
    "\u2060",
    "\u00ad",
  ),
  ...gone(
    "\u{e0001}\u{e0069}\u{e0067}\u{e006e}\u{e007f}",
    "\u2063\u2064",
    "\u206a",
    "\ufff9\ufffb",
    "\u115f",
    "\u3164",
  ),
  { raw: "pay\u200dpal\u200c", seen: "paypal" },
  // One within another: what is left of them is harmless, and seen.
  { raw: `${escape}${escape}[31m[31m`, seen: "[31m" },
  { raw: `${escape}]0;a${escape}]0;b${bell}`, seen: "]0;a" },
  { raw: `${escape}[3${escape}[31m1m`, seen: "[31m" },
  { raw: `${escape}P${escape}]52;c;AAAA${bell}${st}`, seen: "P" },
  { raw: `\u009d\u009b31m0;x${bell}`, seen: "0;x" },
  // Not hostile at all.
  ...["日本語の件名", "👩‍👩‍👧‍👦", "🇩🇪", "❤️", "می‌خواهم", "क्‍ष", "שלום", "cafe\u0301", "<b>&amp;", "$(reboot)", "`id`"].map(
    (text) => ({ raw: text, seen: text }),
  ),
  { raw: `z${"\u0301".repeat(60)}`, seen: `z${"\u0301".repeat(8)}` },
];

/** Without an end: nothing may stand after them, which they could swallow. */
const open: readonly HostileText[] = [
  { raw: `${escape}]0;pwned`, seen: "]0;pwned" },
  { raw: `${escape}]52;c;AAAA`, seen: "]52;c;AAAA" },
  { raw: `\u009d0;pwned`, seen: "0;pwned" },
  { raw: `${escape}Pq#0`, seen: "Pq#0" },
  { raw: `${escape}_G`, seen: "_G" },
  { raw: `${escape}[3`, seen: "[3" },
  { raw: `${escape}[`, seen: "[" },
  { raw: escape, seen: "" },
  { raw: "\u009b", seen: "" },
  { raw: "\u202e", seen: "" },
];

/** Readers of mail take C1 controls in headers for the letters that Windows has there: they are visible in the data. */
const inHeaders = [whole, open].map((attacks) => attacks.filter(({ raw }) => !/[\u0080-\u009f]/.test(raw)));

/** The text of a number: others have other attacks, and in as many as there are all of them are. */
export function hostileText(name: string, number: number): HostileText {
  const [middles = [], ends = []] = ["subject", "name"].includes(name) ? inHeaders : [whole, open];
  const [first, second, end] = [pick(middles, number), pick(middles, number * 7 + 3), pick(ends, number)];
  const [start, middle, last] = [`${name}${number}`, `mid${number}`, `end${number}`];
  return {
    raw: `${start}${first.raw} ${middle}${second.raw} ${last} ${end.raw}`,
    seen: `${start}${first.seen} ${middle}${second.seen} ${last} ${end.seen}`.trim(),
  };
}

function pick(attacks: readonly HostileText[], number: number): HostileText {
  return attacks[number % attacks.length] ?? { raw: "", seen: "" };
}
