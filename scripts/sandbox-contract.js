/** docs/sandbox-contract.md: every behaviour of the contract, with its source. */
import { chapters } from "../dist-scripts/proofs/contract/chapters.js";

const marks = { documented: "", observed: " _(observed)_", setting: " _(a setting)_" };

/** The page as Markdown. */
export function contractPage() {
  const all = chapters.flatMap(({ behaviours }) => behaviours);
  const count = (wanted) => all.filter(({ certainty = "documented" }) => certainty === wanted).length;
  return [
    "<!-- Generated from proofs/contract/ by `npm run docs`. Change it there. -->",
    "# What the sandbox promises",
    `${all.length} things that Google does and the sandbox does as well, each seen over the wire by one check:
${count("documented")} that Google documents, ${count("observed")} that others met and wrote of in public, and
${count("setting")} that Google leaves open, for which there is a setting. \`npm run prove -- sandbox-contract --full\` runs the
checks, and runs them against a service that says yes to everything and one that refuses everything: there, each must fail.`,
    ...chapters.map(chapter),
  ].join("\n\n");
}

function chapter({ title, source, behaviours }) {
  const sources = [source, ...behaviours.map((each) => each.source ?? source)];
  const numbers = new Map([...new Set(sources)].map((each, index) => [each, index + 1]));
  const items = behaviours.map(
    ({ says, source: its = source, certainty = "documented" }) =>
      `- ${escaped(says)}${marks[certainty]} [${numbers.get(its)}](${its})`,
  );
  return [`## ${title}`, items.join("\n")].join("\n\n");
}

function escaped(text) {
  return text.replace(/[*_<>[\]]/g, "\\$&");
}
