import { ApiError } from "../api-error.js";
import type { ApiCall } from "../routes.js";

/** Holds a write to the version that its client knows, by `If-Match`. @throws ApiError 412 `conditionNotMet` */
export function requireVersion({ headers }: ApiCall, version: number): void {
  const wanted = headers["if-match"];
  if (wanted === undefined || wanted.split(",").some((each) => ["*", `"${version}"`].includes(each.trim()))) return;
  throw new ApiError({
    code: 412,
    reason: "conditionNotMet",
    message: "Precondition Failed",
    location: "If-Match",
    locationType: "header",
  });
}
