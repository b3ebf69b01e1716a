import type { TestedLine } from "../../setup/test-profiles.js";
import type { Block, View } from "./view.js";
import { heading, sentence, toneOf } from "./wording.js";

/** What real calls came to, one a line with its time, and below what to do about those that failed. */
export function testedView(tested: readonly TestedLine[]): View {
  return [
    {
      kind: "table",
      columns: [
        { title: "SERVICE", least: 12 },
        { title: "PROFILE", grow: 1, least: 12 },
        { title: "ACCOUNT", grow: 1, least: 16 },
        { title: "WHAT", grow: 2, least: 16 },
        { title: "RESULT" },
        { title: "TIME", align: "right" },
      ],
      rows: tested.flatMap(({ service, profile, account = "-", checks }) =>
        checks.map(({ title, ok, ms }) => [
          service,
          profile,
          account,
          title,
          ok ? toneOf("ok", "good") : toneOf("failed", "bad"),
          `${ms} ms`,
        ]),
      ),
    },
    ...tested.flatMap(failures),
    ...(tested.every(({ ok }) => ok) ? [sentence(toneOf("All is well.", "good"))] : []),
  ];
}

function failures({ service, profile, checks }: TestedLine): Block[] {
  return checks.flatMap(({ title, error }) => {
    if (!error) return [];
    const what = toneOf(`${service}, profile "${profile}", ${title}: ${error.message}`, "bad");
    return [heading(what), { kind: "lines", lines: [`Next: ${error.hint}`], indent: 2 }];
  });
}
