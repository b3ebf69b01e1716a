import { hostileResults, type HostileResult } from "./support/hostile-account.js";
import { hostilePages, markup, type HostilePage } from "./support/hostile-pages.js";
import { hostileText, type HostileText } from "./support/hostile-texts.js";
import { outcome, type Outcome } from "./support/proof.js";

export const name = "hostile-terminal";
export const claim =
  "whatever subjects, names, titles and file names hold, no control, mark of direction or hidden character is printed, all that a person would see is, and pages run none of it";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const mails = full ? 1_000 : 60;
  const problems: string[] = [];
  let results = 0;
  let texts = 0;
  for await (const result of hostileResults(mails)) {
    results++;
    texts += result.texts.length;
    problems.push(...resultProblems(result));
  }
  const pages = await hostilePages();
  problems.push(...pages.flatMap(pageProblems));
  const wanted = mails * 6; // each subject and name in a list and by itself, its text and its file
  return outcome(
    {
      figure: [
        `${problems.length} problems with ${texts} texts of ${mails} mails in ${results} results, and ${pages.length} pages`,
        ...problems.slice(0, 5),
      ].join("; "),
      target: `0 problems with at least ${wanted} texts, 3 pages`,
      holds: problems.length === 0 && texts >= wanted && pages.length === 3,
    },
    {
      "a cleaning that lets titles and the clipboard through": isNoticed((text) =>
        text.replace(/\u001b(?!\])|[\u0000-\u0006\u0008-\u001a\u001c-\u001f\u007f-\u009f]/g, ""),
      ),
      "a cleaning that forgets directions": isNoticed((text) => text.replace(/[\u0000-\u001f\u007f-\u009f]/g, "")),
      "a cleaning that drops what is seen": isNoticed((text) => text.replace(/[^ -~]/g, "")),
      "a cleaning that drops all from the first escape on": isNoticed((text) =>
        text.replace(/[\u001b\u0080-\u009f].*$/s, ""),
      ),
      "a page that escapes nothing": pageProblems({ name: "x", html: `<p>${markup.join("")}</p>`, policy }).length > 0,
      "a page without a policy": pageProblems({ name: "callback", html: "", policy: null }).length > 0,
    },
  );
}

/** What no terminal is to be given: controls but line breaks, directions, tags, and what has no width of its own. */
const forbidden =
  /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u00ad\u061c\u115f\u1160\u200b\u200e\u200f\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff9-\ufffb\u{e0000}-\u{e007f}]/u;

function resultProblems({ operation, human, narrow, json, output, texts }: HostileResult): string[] {
  const onOneLine = human.replace(/\s+/g, " "); // the line breaks of a mail's text stay
  const problems = texts.flatMap((text) => textProblems(onOneLine, text));
  for (const [kind, printed] of Object.entries({ human, narrow, json })) {
    const found = forbidden.exec(printed);
    if (found) problems.push(`${kind} has ${JSON.stringify(printed.slice(found.index, found.index + 20))}`);
  }
  if (JSON.stringify(JSON.parse(json)) !== JSON.stringify(output)) problems.push("JSON gives other data");
  return problems.map((problem) => `${operation}: ${problem}`);
}

function textProblems(printed: string, { seen }: HostileText): string[] {
  return printed.includes(seen) ? [] : [`${JSON.stringify(seen)} is not seen`];
}

/** Whether texts that are cleaned in another way are found to be wrong. */
function isNoticed(clean: (text: string) => string): boolean {
  const texts = Array.from({ length: 200 }, (_, number) => hostileText("subject", number));
  const printed = texts.map(({ raw }) => clean(raw)).join("\n");
  return forbidden.test(printed) || texts.some((text) => textProblems(printed, text).length > 0);
}

const policy = "default-src 'none'; frame-ancestors 'none'";

function pageProblems({ name, html, policy }: HostilePage): string[] {
  const problems = markup.filter((text) => html.includes(text)).map((text) => `${text} stands on it`);
  const tags = html.match(/<[^>]*>/g) ?? [];
  const foreign = tags.find((tag) => /^<(script|img|svg|iframe|a)\b|\son\w+\s*=/i.test(tag));
  if (foreign !== undefined) problems.push(`it has ${foreign}`);
  const strict = policy !== null && policy.includes("default-src 'none'") && !/script-src|unsafe/.test(policy);
  if (!strict) problems.push(`its policy is ${policy ?? "missing"}`);
  return problems.map((problem) => `${name}: ${problem}`);
}
