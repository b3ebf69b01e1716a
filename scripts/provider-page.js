import { calendarCapabilities } from "../dist/calendar/capabilities.js";
import { emailCapabilities } from "../dist/email/capabilities.js";

const meanings = { email: emailCapabilities, calendar: calendarCapabilities };

/**
 * The page of a provider, of what its definition says.
 *
 * @param {import("../dist/provider.js").IntegrationProvider} provider
 * @param {string} source - the definition's file
 */
export function providerPage(provider, source) {
  const { setup, kind, aliases = [], packages = [], enableVariable, capabilities, quirks = [] } = provider;
  const name = provider.getName();
  return [
    `<!-- Generated from ${source} by \`npm run docs\`. Change it there. -->`,
    `# ${setup.title}`,
    `Service \`${name}\`${aliases.map((alias) => `, also called \`${alias}\``).join("")}, of the kind ${kind}. Switch it on with \`${enableVariable}=true\`, install what it needs, and link an account:`,
    `\`\`\`bash\nnpm install maigic-integrations ${packages.join(" ")}\nnpx maigic-integrations-setup --service ${aliases[0] ?? name}\n\`\`\``,
    "## What it can do",
    table(["capability", "", "what that is"], Object.entries(capabilities).map(capabilityRow(meanings[kind] ?? {}))),
    "## What each access level asks for",
    scopesTable(setup.credentials),
    "A client that was made with less than its profile allows keeps to less: with `read` every call that changes something throws `request.forbidden` before anything is sent.",
    "## What is particular",
    quirks.map((quirk) => `- ${quirk}`).join("\n"),
  ].join("\n\n");
}

function capabilityRow(known) {
  return ([capability, value]) => {
    const shown = value === true ? "yes" : value === false ? "no" : `by ${value}`;
    return [`\`${capability}\``, shown, known[capability] ?? ""];
  };
}

function scopesTable(credentials) {
  const levels = credentials.kind === "oauth" ? Object.entries(credentials.scopes) : [];
  return table(
    ["access", "scopes"],
    levels.map(([level, scopes]) => [`\`${level}\``, scopes.map((scope) => `\`${scope}\``).join(" ")]),
  );
}

function table(head, rows) {
  return [head, head.map(() => "---"), ...rows].map((row) => `| ${row.join(" | ")} |`).join("\n");
}
