import { loadZonedTime, type ZonedTime } from "maigic-integrations/calendar";
import { checkExamples } from "./support/printed-examples.js";
import { outcome, type Outcome } from "./support/proof.js";
import { compareRules } from "./support/rule-comparison.js";
import { runHistories, type SeriesFlaw } from "./support/series-histories.js";

export const name = "recurrence";
export const claim =
  "series have the dates that RFC 5545 prints and another implementation finds, and keep the right ones when parts of them are changed";

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const time = await loadZonedTime({ now: () => Date.now(), sleep: () => Promise.resolve() });
  const examples = await checkExamples(time);
  const rules = await compareRules(time, { count: full ? 5_000 : 30, seed: 5545 });
  const histories = await runHistories(time, { count: full ? 1_000 : 3, seed: 2026 });
  const explained = Object.values(rules.explained).reduce((sum, count) => sum + count, 0);
  const kinds = Object.entries(rules.explained).map(([kind, count]) => `${count} ${kind}`);
  return outcome(
    {
      figure:
        `${examples.different.length} of ${examples.checked} examples differ${shown(examples.different)}; ` +
        `of ${rules.compared} rules ${rules.wrong} differ from a plain reading of the RFC, and ${explained} from ical.js, ` +
        `which is alone with it (${kinds.join("; ")}), ${rules.unexplained.length} unexplained${shown(rules.unexplained)}; ` +
        `${histories.different.length} of ${histories.series} series differ after ${histories.changes} changes, ${histories.refused} refused` +
        shown(histories.different),
      target: "0 examples, 0 rules unexplained, 0 series",
      holds:
        examples.different.length === 0 &&
        rules.wrong === 0 &&
        rules.unexplained.length === 0 &&
        histories.different.length === 0,
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
  const broken = await compareRules(time, { count: 10, seed: 1, change });
  const breaks = async (flaw: SeriesFlaw, seed: number): Promise<boolean> =>
    (await runHistories(time, { count: 3, seed, flaw })).different.length > 0;
  return {
    "a lost EXDATE": await breaks({ losesExdates: true }, 1),
    "a COUNT that is not reduced": await breaks({ keepsCount: true }, 4),
    "an example without its COUNT": await examples(/;COUNT=\d+/),
    "an example without its WKST": await examples(/;WKST=SU/),
    "an example without its EXDATE": await examples(/^EXDATE.*/),
    "rules of another weekday": broken.wrong > 0 && broken.unexplained.length > 0,
  };
}
