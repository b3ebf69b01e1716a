import { ApiError } from "../api-error.js";

/** 400 for a field that cannot be used. */
export function invalidField(message: string): ApiError {
  return new ApiError({ code: 400, reason: "invalid", message });
}

/** 400 for a field that is missing. */
export function requiredField(message: string): ApiError {
  return new ApiError({ code: 400, reason: "required", message });
}

/** 400 with a reason of Calendar's own. */
export function calendarRefusal(reason: string, message: string): ApiError {
  return new ApiError({ code: 400, reason, domain: "calendar", message });
}

/** 403 for a guest who changes what belongs to the organizer. */
export function notTheOrganizer(): ApiError {
  return new ApiError({
    code: 403,
    reason: "forbiddenForNonOrganizer",
    domain: "calendar",
    message: "Shared properties can only be changed by the organizer of the event.",
  });
}
