import type { Route } from "../routes.js";
import { draftRoutes } from "./methods/drafts.js";
import { historyRoutes } from "./methods/history.js";
import { labelRoutes } from "./methods/labels.js";
import { messageReadRoutes } from "./methods/messages-read.js";
import { messageWriteRoutes } from "./methods/messages-write.js";
import { filterRoutes } from "./methods/settings-filters.js";
import { sendAsRoutes } from "./methods/settings-send-as.js";
import { sharingRoutes } from "./methods/settings-sharing.js";
import { settingsUpdateRoutes } from "./methods/settings-update.js";
import { settingsRoutes } from "./methods/settings.js";
import { threadRoutes } from "./methods/threads.js";
import { userRoutes } from "./methods/users.js";
import { withCheckedValues } from "./query-values.js";

/** The methods of Gmail that the sandbox serves. @see https://developers.google.com/workspace/gmail/api/reference/rest */
export const gmailRoutes: readonly Route[] = [
  ...userRoutes,
  ...messageReadRoutes,
  ...messageWriteRoutes,
  ...threadRoutes,
  ...draftRoutes,
  ...labelRoutes,
  ...historyRoutes,
  ...settingsRoutes,
  ...settingsUpdateRoutes,
  ...filterRoutes,
  ...sendAsRoutes,
  ...sharingRoutes,
].map(withCheckedValues);
