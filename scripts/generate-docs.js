/**
 * Writes the pages that are derived from the code: docs/errors.md from the error table.
 * With `--print NAME` it prints a page instead, which is how a test sees that the committed one is current.
 */
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { format } from "prettier";
import { errorTable } from "../dist/core/error-table.js";
import { errorClass } from "../dist/core/errors.js";

const families = {
  connection: "The network, and whether the service answers, keeps up and still has quota.",
  auth: "Tokens, consent, scopes and the key of the vault. Nothing that was stored is changed or deleted.",
  config: "Variables, files, profiles and packages on this machine. Nothing was sent.",
  request: "What the service refused, or what was asked of it wrongly.",
};

const pages = { errors: () => page(errorsPage()) };

async function main([flag, name]) {
  if (flag === "--print" && name in pages) {
    process.stdout.write(await pages[name]());
    return;
  }
  for (const [each, write] of Object.entries(pages)) {
    writeFileSync(join(fileURLToPath(new URL("../docs", import.meta.url)), `${each}.md`), await write());
  }
}

function page(markdown) {
  return format(markdown, { parser: "markdown", printWidth: 120 });
}

function errorsPage() {
  return [
    "<!-- Generated from src/core/error-table.ts by `npm run docs`. Change it there. -->",
    "# Errors",
    introduction,
    ...Object.entries(families).map(([family, about]) => section(family, about)),
  ].join("\n\n");
}

const introduction = `Everything this package throws is an \`IntegrationError\`. Decide by its \`code\`; show people its \`message\` (what happened)
and its \`hint\` (what to do). \`retryable\` says whether the same call may succeed later without anyone changing anything,
and \`retryAfterMs\` how long to wait where the service said so. \`service\`, \`profile\` and \`operation\` tell where it
happened, \`details\` holds plain data for programs, \`cause\` what lay beneath. No error holds a secret.

\`\`\`ts
import { createEmailClient, isIntegrationError } from "maigic-integrations";

try {
  await createEmailClient("google_gmail").getRecentEmails({ count: 10 });
} catch (error) {
  if (isIntegrationError(error, "auth.not_connected")) console.error(error.hint);
  else throw error;
}
\`\`\`

The command line prints message and hint, and exits with the code's number in the last column. The hints below are the
general ones; where an error is thrown with more knowledge, such as the exact command, its hint says that instead.`;

function section(family, about) {
  const rows = Object.entries(errorTable).filter(([code]) => code.startsWith(`${family}.`));
  return [
    `## ${family}: \`${errorClass(rows[0][0]).name}\``,
    about,
    [
      "| code | what happened | what to do | retry | exit code |",
      "| --- | --- | --- | --- | --- |",
      ...rows.map(([code, row]) => {
        const cells = [`\`${code}\``, row.meaning, row.hint, row.retryable ? "yes" : "no", row.exitCode];
        return `| ${cells.map((cell) => String(cell).replaceAll("|", "\\|")).join(" | ")} |`;
      }),
    ].join("\n"),
  ].join("\n\n");
}

await main(process.argv.slice(2));
