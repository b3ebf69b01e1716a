import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { Calendars } from "./calendars.js";
import type { EventRef, PermissionInfo } from "../../../calendar/models.js";

export function getEventPermissions(calendars: Calendars, ref: EventRef, deadline: Deadline): Promise<PermissionInfo> {
  void [calendars, ref, deadline];
  throw integrationError("request.unsupported", {});
}
