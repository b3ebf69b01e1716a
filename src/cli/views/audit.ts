import { counted } from "../../core/counted.js";
import type { AuditApproval, AuditEntry, AuditStep } from "../../guard/audit/entry.js";
import type { AuditCheck } from "../../guard/audit/read-audit.js";
import { calendarTime, dayHeading, longTime } from "./times.js";
import type { Block, Row, Text, Tone, View, ViewContext } from "./view.js";
import { dim, fieldsBlock, heading, listed, sentence, toneOf } from "./wording.js";

/** What was found in a log. */
export interface AuditFound {
  /** Oldest first. */
  readonly entries: readonly AuditEntry[];
  /** How many there are, of which these are the newest. */
  readonly total: number;
  /** From when on; ISO 8601. */
  readonly since: string;
}

/** What assistants did, by day, the newest last. */
export function auditView({ entries, total, since }: AuditFound, context: ViewContext): View {
  if (entries.length === 0) {
    return [
      sentence(`Nothing was noted since ${longTime(since, context)}.`),
      sentence(dim("Add --since 7d for more.")),
    ];
  }
  const more = `The newest ${entries.length} of ${counted(total, "entry", "entries")}; leave --limit out for all.`;
  return [entryTable(entries, context), ...(total > entries.length ? [sentence(dim(more))] : [])];
}

/** Where no assistant did anything yet. */
export function noAuditView(folder: string): View {
  return [
    sentence(`There is no audit log yet: ${folder} is made when an assistant does something for the first time.`),
  ];
}

/** Whether a log is whole, and with what a person can tell later whether its end was cut off. */
export function auditCheckView({ entries, problems, last }: AuditCheck, folder: string): View {
  const lines = counted(entries, "entry", "entries");
  const broken = counted(problems.length, "place is", "places are");
  return [
    heading(
      problems.length === 0
        ? toneOf(`The chain is whole: ${lines}.`, "good")
        : toneOf(`The chain is broken: ${broken} not as it was written, among ${lines}.`, "bad"),
    ),
    { kind: "lines", lines: problems.map(({ file, line, problem }) => `${file}, line ${line}: ${problem}`), indent: 2 },
    fieldsBlock([
      ["Log", folder],
      ["Last hash", last ?? "none"],
    ]),
    sentence(dim("Entries that were cut off at the end leave no trace here: note the last hash elsewhere to tell.")),
  ];
}

function entryTable(entries: readonly AuditEntry[], context: ViewContext): Block {
  const rows: Row[] = [];
  let day = "";
  for (const entry of entries) {
    const time = calendarTime(entry.at, context.timeZone);
    const date = time?.date ?? entry.at;
    if (date !== day) rows.push([dayHeading(date, context)]);
    day = date;
    rows.push(entryRow(entry, time?.clock ?? ""));
  }
  return {
    kind: "table",
    columns: [
      { title: "TIME" },
      { title: "PROFILE", grow: 1 },
      { title: "WHAT", grow: 1, least: 16 },
      { title: "TARGETS", grow: 4, least: 16 },
      { title: "APPROVAL" },
      { title: "OUTCOME", least: 12 },
    ],
    rows,
  };
}

function entryRow({ profile, operation, targets, approval, ...entry }: AuditEntry, clock: string): Row {
  const named = Object.entries(targets).map(([field, values]) => `${field} ${listed(values)}`);
  return [
    clock,
    profile,
    operation.replaceAll(".", " "),
    named.join("; "),
    approval === undefined ? "" : approvals[approval],
    outcomeOf(entry),
  ];
}

function outcomeOf({ step, error, plan }: Pick<AuditEntry, "step" | "error" | "plan">): Text[] {
  const [word, tone] = outcomes[step];
  return [
    toneOf(error === undefined ? word : `${word}: ${error}`, tone),
    ...(plan === undefined ? [] : [dim(` (plan ${plan})`)]),
  ];
}

const outcomes: Readonly<Record<AuditStep, readonly [string, Tone]>> = {
  read: ["read", "plain"],
  planned: ["planned", "plain"],
  refused: ["refused", "warning"],
  begun: ["begun", "plain"],
  done: ["done", "good"],
  failed: ["failed", "bad"],
  unknown: ["outcome unknown", "warning"],
};

const approvals: Readonly<Record<AuditApproval, string>> = {
  policy: "by the policy",
  terminal: "in a terminal",
  client: "in its program",
};
