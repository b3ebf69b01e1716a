import type { Clock } from "../core/clock.js";
import { ApiError } from "./api-error.js";
import { unitsOf, type UnitTable } from "./quota-units.js";

/** How fast a project and its people may go. What Google does not publish is a setting here. */
export interface QuotaSettings {
  /** Which table of Gmail's units holds. Default `2026`. */
  readonly gmailUnits?: UnitTable | undefined;
  /** Gmail's units a minute for each person. Default 6,000, before 2026 15,000. */
  readonly gmailPerUser?: number | undefined;
  /** Gmail's units a minute for the whole project. Default 1,200,000. */
  readonly gmailPerProject?: number | undefined;
  /** Calls of Calendar's a minute for each person. Default 600. */
  readonly calendarPerUser?: number | undefined;
  /** Calls of Calendar's a minute for the whole project. Default 10,000. */
  readonly calendarPerProject?: number | undefined;
  /** Calls of one person that may be under way at once. Google keeps it secret; default 40. */
  readonly concurrent?: number | undefined;
  /** Calls in one batch of Gmail's. Default 100. */
  readonly gmailBatch?: number | undefined;
  /** Calls in one batch of Calendar's: Google's guide has said 50 and 1,000. Default 50. */
  readonly calendarBatch?: number | undefined;
  /** The status of a refusal by quota: Google uses both. Default 403. */
  readonly status?: 403 | 429 | undefined;
  /** Whether such a refusal says when to come back, as `Retry-After` in seconds. Default false. */
  readonly retryAfter?: boolean | undefined;
}

/** Counts what is used, and refuses what is too much. */
export interface Quota {
  /** How many calls one batch may hold. */
  readonly batchCalls: Readonly<Record<"gmail" | "calendar", number>>;
  /** @throws ApiError when the person has too many calls under way, else counts one more until `leave` */
  enter(user: string): void;
  leave(user: string): void;
  /** @returns the units that it costs. @throws ApiError when it would be too much within a minute, else counts it */
  spend(method: string, project: string, user: string): number;
}

const windowSeconds = 60;

/** Begins with nothing used. @param settings - or `none` for no limits at all */
export function createQuota(settings: QuotaSettings | "none", clock: Clock): Quota {
  const table = settings === "none" ? "2026" : (settings.gmailUnits ?? "2026");
  const units = (method: string): number => unitsOf(method, table);
  const { gmailBatch = 100, calendarBatch = 50 } = settings === "none" ? {} : settings;
  const batchCalls = { gmail: gmailBatch, calendar: calendarBatch };
  if (settings === "none") return { batchCalls, enter: () => undefined, leave: () => undefined, spend: units };
  const { concurrent = 40, calendarPerUser = 600, calendarPerProject = 10_000 } = settings;
  const gmailPerUser = settings.gmailPerUser ?? (table === "2026" ? 6000 : 15_000);
  const gmailPerProject = settings.gmailPerProject ?? 1_200_000;
  const underWay = new Map<string, number>();
  const windows = new Map<string, Window>();
  const windowOf = (key: string): Window => {
    const known = windows.get(key) ?? new Window();
    windows.set(key, known);
    return known;
  };
  return {
    batchCalls,
    enter(user) {
      const count = underWay.get(user) ?? 0;
      if (count >= concurrent) throw tooManyConcurrent();
      underWay.set(user, count + 1);
    },
    leave(user) {
      const count = (underWay.get(user) ?? 1) - 1;
      if (count > 0) underWay.set(user, count);
      else underWay.delete(user);
    },
    spend(method, project, user) {
      const service = method.startsWith("gmail") ? "gmail" : "calendar";
      const cost = units(method);
      const second = Math.floor(clock.now() / 1000);
      const [perUser, perProject] =
        service === "gmail" ? [gmailPerUser, gmailPerProject] : [calendarPerUser, calendarPerProject];
      const mine = windowOf(`${service} ${project} ${user}`);
      const all = windowOf(`${service} ${project}`);
      if (mine.used(second) + cost > perUser)
        throw overQuota(settings, service, "user", mine.freeIn(second, cost, perUser));
      if (all.used(second) + cost > perProject) {
        throw overQuota(settings, service, "project", all.freeIn(second, cost, perProject));
      }
      mine.add(second, cost);
      all.add(second, cost);
      return cost;
    },
  };
}

/** What was used within the last minute. Unsure(google): it may count by whole minutes; sliding is the stricter reading. */
class Window {
  readonly #bySecond = new Map<number, number>();
  #total = 0;

  used(second: number): number {
    for (const [at, units] of this.#bySecond) {
      if (at > second - windowSeconds) break; // in order of time
      this.#bySecond.delete(at);
      this.#total -= units;
    }
    return this.#total;
  }

  add(second: number, units: number): void {
    this.#bySecond.set(second, (this.#bySecond.get(second) ?? 0) + units);
    this.#total += units;
  }

  /** Seconds until so much more is allowed. */
  freeIn(second: number, units: number, limit: number): number {
    let left = this.#total + units - limit;
    for (const [at, used] of this.#bySecond) {
      left -= used;
      if (left <= 0) return at + windowSeconds - second;
    }
    return windowSeconds;
  }
}

function overQuota(
  { status = 403, retryAfter = false }: QuotaSettings,
  service: "gmail" | "calendar",
  of: "user" | "project",
  seconds: number,
): ApiError {
  const host = service === "gmail" ? "gmail.googleapis.com" : "calendar-json.googleapis.com";
  const limit = of === "user" ? "Queries per minute per user" : "Queries per minute";
  return new ApiError({
    code: status,
    reason: of === "user" && service === "calendar" ? "userRateLimitExceeded" : "rateLimitExceeded",
    message: `Quota exceeded for quota metric 'Queries' and limit '${limit}' of service '${host}' for consumer 'project_number:1234567890'.`,
    status: status === 429 ? "RESOURCE_EXHAUSTED" : "PERMISSION_DENIED",
    ...(retryAfter && { headers: { "retry-after": String(seconds) } }),
    details: [
      {
        "@type": "type.googleapis.com/google.rpc.ErrorInfo",
        reason: "RATE_LIMIT_EXCEEDED",
        domain: "googleapis.com",
        metadata: {
          service: host,
          quota_limit: of === "user" ? "defaultPerMinutePerUser" : "defaultPerMinutePerProject",
        },
      },
    ],
  });
}

function tooManyConcurrent(): ApiError {
  return new ApiError({ code: 429, reason: "rateLimitExceeded", message: "Too many concurrent requests for user." });
}
