import { counted } from "../../core/counted.js";
import { accountOf, hiddenIn, reachedBy, whatOf } from "../../guard/plans/plan-words.js";
import type { Plan, PlannedFile } from "../../guard/plans/plan.js";
import { previewView } from "./preview.js";
import { calendarTime } from "./times.js";
import type { Block, Line, View, ViewContext } from "./view.js";
import { dim, fieldsBlock, heading, listed, sentence, sizeOf, toneOf } from "./wording.js";

/** The plans that wait for a person, one a line. */
export function planListView(plans: readonly Plan[], { now }: ViewContext): View {
  if (plans.length === 0) return [sentence("No plan is waiting for you.")];
  return [
    {
      kind: "table",
      columns: [
        { title: "PLAN", whole: true },
        { title: "ACCOUNT", grow: 1, least: 12 },
        { title: "WHAT", grow: 2, least: 12 },
        { title: "TO", grow: 2, least: 12 },
        { title: "STANDS FOR", align: "right" },
      ],
      rows: plans.map((plan) => [
        plan.id,
        accountOf(plan),
        whatOf(plan),
        listed(reachedBy(plan)) || "nobody",
        durationOf(plan.expiresAt - now),
      ]),
    },
    sentence(dim("npx maigic-integrations approve PLAN shows one whole, and asks.")),
  ];
}

/** All that a plan is made of, and nothing cut: what a person agrees to. */
export function planView(plan: Plan, context: ViewContext): View {
  const hidden = hiddenIn(plan);
  const warning = `${counted(hidden, "character")} of it cannot be seen here: --show --json shows where.`;
  return [
    heading(`Plan ${plan.id}`),
    fieldsBlock([
      ["What", `${whatOf(plan)} (${plan.operation})`],
      ["As", `${accountOf(plan)}, profile ${plan.profile} of ${plan.service}`],
      ["Stands until", calendarTime(plan.expiresAt, context.timeZone)?.clock],
      ["Hash", dim(plan.hash)],
    ]),
    ...part("You are asked because", [{ kind: "lines", lines: plan.reasons, indent: 2 }], plan.reasons.length),
    heading("What it comes to"),
    ...previewView(plan.preview, context),
    ...inputBlocks(plan.input),
    ...part("Files", plan.files.map(fileBlock), plan.files.length),
    ...(hidden === 0 ? [] : [sentence(toneOf(warning, "warning"))]),
  ];
}

/** The question under a plan, with what matters most of it: a long text may have pushed the rest out of sight. */
export function planQuestion(plan: Plan): string {
  const people = reachedBy(plan);
  const [first = "", second] = people;
  const others = people.length - 2;
  const names = second === undefined ? first : others > 0 ? listed([first, second]) : `${first} and ${second}`;
  const to = people.length === 0 ? "" : `, reaching ${names}${others > 0 ? ` and ${counted(others, "other")}` : ""}`;
  return `May the assistant do this (${plan.operation}) as ${accountOf(plan)}${to}?`;
}

function part(title: string, blocks: readonly Block[], count: number): Block[] {
  return count === 0 ? [] : [heading(title), ...blocks];
}

/**
 * The payload, field by field. What is of several lines stands under its name and indented, so that no line of a text can
 * pass for one of this view.
 */
function inputBlocks(input: Plan["input"]): Block[] {
  const fields = Object.entries(input).map(([name, value]) => ({ name, value, rows: rowsOf(name, value) }));
  const long = fields.filter(({ rows }) => rows === undefined);
  const rows = fields.flatMap((field) => field.rows ?? []);
  return [
    ...part("Its input", [{ kind: "fields", rows }], rows.length),
    ...long.flatMap(({ name, value }): Block[] => [
      heading(`Its ${name}`),
      { kind: "text", text: typeof value === "string" ? value : JSON.stringify(value, undefined, 2), indent: 2 },
    ]),
  ];
}

/** A value that stays exactly what it is on one line, or several such; undefined for others. */
function rowsOf(name: string, value: unknown): (readonly [string, Line])[] | undefined {
  if (isTexts(value) && value.length > 0) {
    return value.every(isLine) ? value.map((each, index) => [index === 0 ? name : "", each]) : undefined;
  }
  if (typeof value === "boolean") return [[name, value ? "yes" : "no"]];
  if (typeof value === "string" && value.trim() !== "") return isLine(value) ? [[name, value]] : undefined;
  const text = JSON.stringify(value);
  return isLine(text) ? [[name, text]] : undefined;
}

function isLine(text: string): boolean {
  return /^\S+( \S+)*$/.test(text);
}

function isTexts(value: unknown): value is readonly string[] {
  return Array.isArray(value) && value.every((each) => typeof each === "string");
}

function fileBlock({ path, sizeBytes, sha256 }: PlannedFile): Block {
  const lines: Line[] = [[path, dim(`  ${sizeOf(sizeBytes)}`)], dim(`sha256 ${sha256}`)];
  return { kind: "lines", lines, indent: 2 };
}

/** Time that is left, as people say it: `4 min 12 s`. */
function durationOf(durationMs: number): string {
  const seconds = Math.max(0, Math.ceil(durationMs / 1000));
  const minutes = Math.floor(seconds / 60);
  return minutes === 0 ? `${seconds} s` : `${minutes} min ${seconds % 60} s`;
}
