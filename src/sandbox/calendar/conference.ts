import { isDeepStrictEqual } from "node:util";
import { isObject } from "./event-fields.js";
import { invalidField, requiredField } from "./event-refusals.js";

type Fields = Readonly<Record<string, unknown>>;

/**
 * An event's video call: made when asked for, kept when sent back or when the client says that it does not know
 * conferences (`conferenceDataVersion` 0), dropped when it knows and sends none.
 *
 * @param body - the event as it shall be
 * @param sent - what the client sent, which for a patch is less
 * @param existing - the fields of the event as it is
 * @param newCode - gives the letters of a new call
 * @throws ApiError 400
 */
export function conferenceOf(
  { query, body, sent }: { query: URLSearchParams; body: Fields; sent: Fields },
  existing: Fields,
  newCode: () => string,
): Record<string, unknown> {
  const version = query.get("conferenceDataVersion") ?? "0";
  if (version !== "0" && version !== "1") throw invalidField("Invalid value for: conferenceDataVersion");
  if (version === "0") return kept(existing);
  const data = body["conferenceData"];
  if (data === undefined || data === null) return {};
  if (!isObject(data)) throw invalidField("Invalid conference data.");
  const request = newRequest(sent["conferenceData"], existing["conferenceData"]);
  if (request) return createdConference(request, newCode());
  if (isDeepStrictEqual(data, existing["conferenceData"])) return kept(existing);
  if (!isObject(data["conferenceSolution"]) && !isObject(data["createRequest"])) {
    throw invalidField("Invalid conference data.");
  }
  const { hangoutLink } = existing["conferenceData"] === undefined ? copied(data) : existing;
  return { conferenceData: data, ...(hangoutLink !== undefined && { hangoutLink }) };
}

function kept(existing: Fields): Record<string, unknown> {
  const names = ["conferenceData", "hangoutLink"];
  return Object.fromEntries(names.flatMap((name) => (existing[name] === undefined ? [] : [[name, existing[name]]])));
}

/** The request for a new call, unless it is the one that made the call there is: Google passes over repeated ids. */
function newRequest(sent: unknown, existing: unknown): Fields | undefined {
  const request = isObject(sent) && !("entryPoints" in sent) ? sent["createRequest"] : undefined;
  if (!isObject(request)) return undefined;
  const made = isObject(existing) && isObject(existing["createRequest"]) ? existing["createRequest"] : {};
  return request["requestId"] === made["requestId"] && made["requestId"] !== undefined ? undefined : request;
}

function createdConference(request: Fields, code: string): Record<string, unknown> {
  const { requestId, conferenceSolutionKey } = request;
  if (typeof requestId !== "string" || requestId === "") throw requiredField("Missing conference request id.");
  const { type = "hangoutsMeet" }: { type?: unknown } = isObject(conferenceSolutionKey) ? conferenceSolutionKey : {};
  if (type !== "hangoutsMeet") throw invalidField("Invalid conference type value.");
  const conferenceId = `${code.slice(0, 3)}-${code.slice(3, 7)}-${code.slice(7, 10)}`;
  const uri = `https://meet.google.com/${conferenceId}`;
  return {
    hangoutLink: uri,
    conferenceData: {
      createRequest: { requestId, conferenceSolutionKey: { type }, status: { statusCode: "success" } },
      entryPoints: [{ entryPointType: "video", uri, label: `meet.google.com/${conferenceId}` }],
      conferenceSolution: { key: { type: "hangoutsMeet" }, name: "Google Meet" },
      conferenceId,
    },
  };
}

/** The link of a call that was copied from another event. */
function copied(data: Fields): { hangoutLink?: unknown } {
  const entries: unknown[] = Array.isArray(data["entryPoints"]) ? data["entryPoints"] : [];
  const video = entries.find((each) => isObject(each) && each["entryPointType"] === "video");
  return isObject(video) && String(video["uri"]).startsWith("https://meet.google.com/")
    ? { hangoutLink: video["uri"] }
    : {};
}
