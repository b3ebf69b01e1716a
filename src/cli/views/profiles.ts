import type { DoctorState } from "../../setup/doctor.js";
import type { Block, Text, Tone } from "./view.js";

/** A profile as it is listed. */
export interface ListedProfile {
  readonly service: string;
  readonly userId: string;
  readonly state: DoctorState;
  readonly account?: string;
}

/** Profiles, one a line. */
export function profileTable(profiles: readonly ListedProfile[]): Block {
  return {
    kind: "table",
    columns: [
      { title: "SERVICE", least: 12 },
      { title: "PROFILE", grow: 1, least: 12 },
      { title: "STATE", least: 16 },
      { title: "ACCOUNT", grow: 2, least: 16 },
    ],
    rows: profiles.map(({ service, userId, state, account }) => [service, userId, stateText(state), account ?? "-"]),
  };
}

/** The state of a profile, in the colour of how bad it is. */
export function stateText(state: DoctorState): Text {
  const tone: Tone = state === "ready" ? "good" : state === "expiring" ? "warning" : "bad";
  return { text: state.replaceAll("_", " "), tone };
}
