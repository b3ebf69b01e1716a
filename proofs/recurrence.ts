import { loadZonedTime, type ZonedTime } from "maigic-integrations/calendar";
import { checkExamples } from "./support/printed-examples.js";
import { outcome, type Outcome } from "./support/proof.js";
import { compareRules } from "./support/rule-comparison.js";

export const name = "recurrence";
export const claim =
  "series have the dates that RFC 5545 prints and another implementation finds, and keep the right ones when parts of them are changed";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const time = await loadZonedTime({ now: () => Date.now(), sleep: () => Promise.resolve() });
  const examples = await checkExamples(time);
  const rules = await compareRules(time, { count: full ? 5_000 : 150, seed: 5545 });
  const explained = Object.values(rules.explained).reduce((sum, count) => sum + count, 0);
  const kinds = Object.entries(rules.explained).map(([kind, count]) => `${count} ${kind}`);
  return outcome(
    {
      figure:
        `${examples.different.length} of ${examples.checked} examples differ${shown(examples.different)}; ` +
        `of ${rules.compared} rules ${rules.wrong} differ from a plain reading of the RFC, and ${explained} from ical.js, ` +
        `which is alone with it (${kinds.join("; ")}), ${rules.unexplained.length} unexplained${shown(rules.unexplained)}`,
      target: "0 differ from the RFC, 0 unexplained",
      holds: examples.different.length === 0 && rules.wrong === 0 && rules.unexplained.length === 0,
    },
    await controls(time),
  );
}

function shown(texts: readonly string[]): string {
  return texts.length === 0 ? "" : ` (${texts.slice(0, 5).join(" | ")})`;
}

async function controls(time: ZonedTime): Promise<Record<string, boolean>> {
  const examples = async (part: RegExp): Promise<boolean> =>
    (await checkExamples(time, (line) => line.replace(part, ""))).different.length > 0;
  const change = (line: string): string => line.replace(/;BYDAY=[^;]*/, ";BYDAY=MO");
  const broken = await compareRules(time, { count: 20, seed: 1, change });
  return {
    "an example without its COUNT": await examples(/;COUNT=\d+/),
    "an example without its WKST": await examples(/;WKST=SU/),
    "an example without its EXDATE": await examples(/^EXDATE.*/),
    "rules of another weekday": broken.wrong > 0 && broken.unexplained.length > 0,
  };
}
