import type { StatusLine } from "../../setup/status.js";
import { stateText } from "./profiles.js";
import type { View } from "./view.js";
import { dim, sentence } from "./wording.js";

/** Every service and profile on a line of its own, and below what is wrong with any of them. */
export function statusView(credentialsDir: string, lines: readonly StatusLine[]): View {
  const troubled = lines.filter(({ problem, state, misset }) => problem && (state !== "needs_setup" || misset));
  return [
    sentence(`Credentials: ${credentialsDir}`),
    {
      kind: "table",
      columns: [
        { title: "SERVICE", least: 12 },
        { title: "PROFILE", grow: 1, least: 12 },
        { title: "STATE", least: 12 },
        { title: "ENABLED" },
        { title: "ACCOUNT", grow: 2, least: 16 },
        { title: "NEXT", whole: true },
      ],
      rows: lines.map(({ service, profile, state, enabled, account, next }) => [
        service,
        profile,
        state === "needs_setup" ? dim("needs setup") : stateText(state),
        enabled ? "yes" : "no",
        account ?? "-",
        next ?? "-",
      ]),
    },
    ...troubled.map(({ service, profile, problem, state }) =>
      sentence(`${service}, profile "${profile}": ${problem ?? state}`),
    ),
  ];
}
