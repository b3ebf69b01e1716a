import type { Route } from "../routes.js";
import { invalidPayload } from "./check-body.js";

/** How Google's front end calls a value's type in errors, and which texts it takes for one. */
interface ValueType {
  readonly protoName: string;
  readonly isValid: (text: string) => boolean;
}

/**
 * Unsure(google): a switch is read as Google's open front end reads one, which knows these words in either case.
 *
 * @see https://github.com/protocolbuffers/protobuf/blob/v3.21.12/src/google/protobuf/stubs/strutil.cc
 */
const words = { on: ["true", "t", "yes", "y", "1"], off: ["false", "f", "no", "n", "0"] };

const bool: ValueType = {
  protoName: "TYPE_BOOL",
  isValid: (text) => [...words.on, ...words.off].includes(text.toLowerCase()),
};
const uint32 = unsigned("TYPE_UINT32", 2n ** 32n);
const uint64 = unsigned("TYPE_UINT64", 2n ** 64n);
const kinds = oneOf("messageAdded", "messageDeleted", "labelAdded", "labelRemoved");

/** By parameter; what is not here may be any text. */
const types: ReadonlyMap<string, ValueType> = new Map([
  ["deleted", bool],
  ["format", oneOf("full", "metadata", "minimal", "raw")],
  // Unsure(google): several in one parameter, between commas, are taken as several.
  ["historyTypes", { ...kinds, isValid: (text: string) => text.split(",").every(kinds.isValid) }],
  ["includeSpamTrash", bool],
  ["internalDateSource", oneOf("receivedTime", "dateHeader")],
  ["maxResults", uint32],
  ["neverMarkSpam", bool],
  ["processForCalendar", bool],
  ["startHistoryId", uint64],
]);
/** Of a thread, what its mails are in RFC 5322 is not shown. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.threads/get */
const threadFormat = oneOf("full", "metadata", "minimal");

/** A route that refuses query parameters of the wrong type before anything else. */
export function withCheckedValues(route: Route): Route {
  const isThread = route.name === "gmail.users.threads.get";
  return {
    ...route,
    handle: (call) => {
      const violations = [...call.query].flatMap(([name, text]) => {
        const type = isThread && name === "format" ? threadFormat : types.get(name);
        if (!type || type.isValid(text)) return [];
        const field = name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
        return [{ field, description: `Invalid value at '${field}' (${type.protoName}), ${JSON.stringify(text)}` }];
      });
      if (violations.length > 0) throw invalidPayload(violations);
      return route.handle(call);
    },
  };
}

/** A switch among the query parameters, which was checked; off without it. */
export function isOn(query: URLSearchParams, name: string): boolean {
  return words.on.includes((query.get(name) ?? "false").toLowerCase());
}

function unsigned(protoName: string, limit: bigint): ValueType {
  return { protoName, isValid: (text) => /^\d{1,20}$/.test(text) && BigInt(text) < limit };
}

/** Unsure(google): which names it writes for the types of these. */
function oneOf(...names: readonly string[]): ValueType {
  const known = new Set(names.map((name) => name.toLowerCase()));
  return { protoName: "TYPE_ENUM", isValid: (text) => known.has(text.toLowerCase()) };
}
