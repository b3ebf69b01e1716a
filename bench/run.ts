import { readdirSync } from "node:fs";
import { availableParallelism, cpus, totalmem } from "node:os";
import { parseArgs } from "node:util";
import type { Bench, Row } from "./support/row.js";

const usage = "npm run -s bench [-- --only NAME] [--json]";

/** Measures all rows, or those named. @returns the exit code: 1 when ours failed; that a peer does is a result */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: { only: { type: "string", multiple: true }, json: { type: "boolean", default: false } },
  });
  const known = readdirSync(import.meta.dirname)
    .filter((file) => file.endsWith(".js") && file !== "run.js")
    .map((file) => file.slice(0, -".js".length));
  const unknown = values.only?.filter((name) => !known.includes(name)) ?? [];
  if (unknown.length > 0) {
    process.stderr.write(`No row called ${unknown.join(", ")}. There are: ${known.join(", ")}.\n${usage}\n`);
    return 2;
  }
  const rows: Row[] = [];
  for (const name of values.only ?? known) {
    if (process.stderr.isTTY) process.stderr.write(`measuring ${name} …\n`);
    rows.push(...[await ((await import(`./${name}.js`)) as Bench).measure()].flat());
  }
  process.stdout.write(values.json ? `${JSON.stringify({ machine: machine(), rows })}\n` : report(rows));
  return rows.some(({ ours }) => ours === null) ? 1 : 0;
}

function machine(): Record<string, string | number> {
  return {
    node: process.version,
    platform: `${process.platform}-${process.arch}`,
    cpu: cpus()[0]?.model.trim() ?? "unknown",
    cores: availableParallelism(),
    memoryGb: Math.round(totalmem() / 1024 ** 3),
  };
}

function report(rows: readonly Row[]): string {
  const table = [
    ["", "ours", "peers", "ratio", "limit"],
    ...rows.map(({ name, unit, ours, peers, ratio, limit }) => [
      name,
      figure(ours, unit),
      Object.entries(peers)
        .map(([peer, value]) => `${peer} ${figure(value, unit)}`)
        .join(", "),
      ratio === null ? "" : `${ratio} ×`,
      figure(limit, unit),
    ]),
  ];
  const widths = [0, 1, 2, 3, 4].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)));
  const lines = table.map((row) =>
    row
      .map((cell, column) =>
        column === 0 || column === 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0),
      )
      .join("  ")
      .trimEnd(),
  );
  const notes = rows.flatMap(({ name, limitIs, errors }) => [
    `${name}: the limit is ${limitIs}`,
    ...Object.entries(errors).map(([contestant, message]) => `${name}: ${contestant} FAILED: ${message}`),
  ]);
  const about = Object.values(machine()).join(", ");
  return `${[...lines, "", ...notes, `medians; lower is better; ratio = best peer / ours; ${about}`].join("\n")}\n`;
}

function figure(value: number | null, unit: string): string {
  return value === null ? "failed" : `${value} ${unit}`;
}

process.exitCode = await main();
