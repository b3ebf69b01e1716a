import type { IntegrationProvider } from "../provider.js";
import { googleCalendar } from "./google/calendar/provider.js";
import { gmail } from "./google/gmail/provider.js";

/** The providers that come with this package, in the order in which they are listed. */
export const builtInProviders: readonly IntegrationProvider[] = [gmail, googleCalendar];
