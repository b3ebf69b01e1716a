import { createHash } from "node:crypto";
import type { ApiCall } from "../routes.js";

/**
 * An event's video call: made when asked for, kept when sent back or when the client says that it does not know
 * conferences (`conferenceDataVersion` 0), dropped when it knows and sends none.
 */
export function conferenceOf(
  { query }: ApiCall,
  body: Readonly<Record<string, unknown>>,
  existing: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const kept = Object.fromEntries(
    ["conferenceData", "hangoutLink"].flatMap((name) => (existing[name] === undefined ? [] : [[name, existing[name]]])),
  );
  if (query.get("conferenceDataVersion") !== "1") return kept;
  const data = body["conferenceData"];
  if (typeof data !== "object" || data === null) return {};
  if (!("createRequest" in data) || "entryPoints" in data) {
    return {
      conferenceData: data,
      ...(existing["hangoutLink"] !== undefined && { hangoutLink: existing["hangoutLink"] }),
    };
  }
  const letters = createHash("sha256")
    .update(JSON.stringify(data.createRequest))
    .digest("hex")
    .replace(/\d/g, (digit) => "ghijklmnop".charAt(Number(digit)));
  const conferenceId = `${letters.slice(0, 3)}-${letters.slice(3, 7)}-${letters.slice(7, 10)}`;
  const uri = `https://meet.google.com/${conferenceId}`;
  const createRequest = { ...(data.createRequest as object), status: { statusCode: "success" } };
  return {
    hangoutLink: uri,
    conferenceData: {
      createRequest,
      entryPoints: [{ entryPointType: "video", uri, label: `meet.google.com/${conferenceId}` }],
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
      conferenceId,
    },
  };
}
