import type { DoctorLine, DoctorReport } from "../../setup/doctor.js";
import { profileTable } from "./profiles.js";
import type { Block, View } from "./view.js";
import { heading, sentence, toneOf } from "./wording.js";

/** What a doctor found: every profile with its state, then one thing after the other that there is to do. */
export function doctorView({ credentialsDir, profiles, findings, healthy }: DoctorReport): View {
  return [
    sentence(`Credentials: ${credentialsDir}`),
    profiles.length === 0
      ? sentence("No profile is connected yet. Next: npx maigic-integrations-setup")
      : profileTable(profiles),
    ...profiles.flatMap(profileBlocks),
    ...findings.flatMap(({ message, next, files = [] }) => [
      heading(toneOf(message, "warning")),
      list([...files.map((file) => `  ${file}`), `Next: ${next}`]),
    ]),
    ...ending(healthy, profiles.length > 0),
  ];
}

/** Where nobody is connected yet, nothing is well. */
function ending(healthy: boolean, connected: boolean): Block[] {
  if (!healthy) return [sentence("Run it again afterwards: npx maigic-integrations doctor")];
  return connected ? [sentence(toneOf("All is well.", "good"))] : [];
}

function profileBlocks({ service, userId, state, reason, next }: DoctorLine): Block[] {
  if (next === undefined) return [];
  const what = `${service}, profile "${userId}": ${reason ?? state.replaceAll("_", " ")}`;
  return [heading(toneOf(what, state === "expiring" ? "warning" : "bad")), list([`Next: ${next}`])];
}

function list(lines: readonly string[]): Block {
  return { kind: "lines", lines, indent: 2 };
}
