import { describe, it } from "vitest";
import { googleCalendarWorld } from "../../../../test/support/google-calendar-world.js";
import { calendarConformance } from "../../../testing/index.js";
import { googleCalendar } from "./provider.js";

calendarConformance({ describe, it }, { provider: googleCalendar, createWorld: googleCalendarWorld });
