import { randomBytes } from "node:crypto";
import type { CalendarClient } from "../calendar/client.js";
import type { Clock } from "../core/clock.js";
import { integrationError } from "../core/errors.js";
import { given } from "../core/given.js";
import type { Logger } from "../core/logger.js";
import type { FileLocks } from "../credentials/file-locks.js";
import type { ClientOptions } from "../client-options.js";
import type { CredentialManager } from "../credentials/types.js";
import type { EmailClient } from "../email/client.js";
import type { ClientOfKind, OperationEntry } from "../operations/operation.js";
import { serviceFor } from "../operations/service-for.js";
import type { IntegrationRegistry } from "../registry.js";
import type { AuditLog } from "./audit/entry.js";
import type { PlanStore } from "./plans/plan.js";
import type { Policy } from "./policy/policy.js";
import { createContinuations, type Continuations } from "./results/continuations.js";
import type { ServedProfile } from "./served-profiles.js";
import { toldZones, type ToldZones } from "./told-zones.js";
import type { ToolsetOptions } from "./toolset/permitted-tools.js";

/** What a session works with. */
export interface SessionParts {
  readonly id: string;
  readonly registry: IntegrationRegistry;
  readonly credentials: CredentialManager;
  readonly policy: Policy;
  readonly served: readonly ServedProfile[];
  /** What tools are made for, and calls of them read by. */
  readonly toolset: ToolsetOptions;
  readonly plans: PlanStore;
  readonly audit: AuditLog;
  /** In which plans are carried out one after the other, also with other processes of this machine. */
  readonly turns: FileLocks;
  readonly clock: Clock;
  readonly endpoints: string | undefined;
  readonly logger: Logger | undefined;
}

/** A client of any kind. */
export type AnyClient = ClientOfKind[keyof ClientOfKind];

/** One assistant's use of the guard, from its start to its end. */
export class Session {
  readonly parts: SessionParts;
  /** What of earlier results can still be asked for. */
  readonly continuations: Continuations = createContinuations();
  readonly #questions = new Map<string, string>();
  /** In which times are told. */
  readonly zoneOf: ToldZones;
  readonly #email = new Map<string, EmailClient>();
  readonly #calendar = new Map<string, CalendarClient>();
  readonly #running = new Set<Promise<unknown>>();
  /** Of each plan: how often outside text was read before it was asked for, and how often it quotes such text itself. */
  readonly #planned = new Map<string, { readonly before: number; readonly own: number }>();
  #taints = 0;
  #closed = false;

  constructor(parts: SessionParts) {
    this.parts = parts;
    this.zoneOf = toldZones(parts.credentials, (profile) => {
      const name = parts.served.find((each) => each.profile === profile)?.services.calendar[0];
      return name === undefined ? undefined : this.#calendarClient(profile, name);
    });
  }

  /** How often text that somebody else wrote was read: once it was, it may be that text which speaks. */
  get taints(): number {
    return this.#taints;
  }

  /** Notes that such text was read; there is no way back within a session. */
  taint(): void {
    this.#taints += 1;
  }

  /**
   * Notes a plan, which may quote outside text itself.
   *
   * @param before - how often such text had been read when it was asked for
   * @param own - how often it was noted of the plan itself
   */
  planned(plan: string, before: number, own: number): void {
    this.#planned.set(plan, { before, own });
    forgetOldest(this.#planned);
  }

  /** Whether outside text was read before a plan was asked for or since, but for what it quotes itself. */
  taintedFor(plan: string): boolean {
    const planned = this.#planned.get(plan);
    return planned === undefined || planned.before > 0 || this.#taints > planned.before + planned.own;
  }

  /** A question about a plan for the person. @returns its key, which nobody knows but the face that asks */
  ask(plan: string): string {
    const key = randomBytes(16).toString("hex");
    this.#questions.set(key, plan);
    forgetOldest(this.#questions);
    return key;
  }

  /** The plan that a question was about; each is answered once. */
  takeQuestion(key: string): string | undefined {
    const plan = this.#questions.get(key);
    this.#questions.delete(key);
    return plan;
  }

  /** Does something of the session, whose end waits for it. @throws RequestError `request.invalid` after that end */
  async run<T>(work: () => Promise<T>): Promise<T> {
    if (this.#closed)
      throw integrationError("request.invalid", { message: "These tools were closed.", hint: "Open new ones." });
    const done = work();
    this.#running.add(done);
    return done.finally(() => this.#running.delete(done));
  }

  /**
   * The client of a profile for an operation, one for all calls; where nothing but reading is granted it can do nothing
   * else either.
   *
   * @throws ConfigurationError, RequestError as `serviceFor`
   */
  clientFor(entry: OperationEntry, profile: string, service: string | undefined): AnyClient {
    const name = serviceFor(this.parts.registry, entry, service);
    return entry.kind === "email" ? this.#emailClient(profile, name) : this.#calendarClient(profile, name);
  }

  #emailClient(profile: string, service: string): EmailClient {
    const { registry } = this.parts;
    return opened(this.#email, [profile, service], () => registry.getEmailClient(service, this.#optionsFor(profile)));
  }

  #calendarClient(profile: string, service: string): CalendarClient {
    const { registry } = this.parts;
    const open = (): CalendarClient => registry.getCalendarClient(service, this.#optionsFor(profile));
    return opened(this.#calendar, [profile, service], open);
  }

  #optionsFor(profile: string): ClientOptions {
    const { policy, credentials, endpoints, logger, clock } = this.parts;
    const access = policy.grantsOf(profile).allow.length === 0 ? ("read" as const) : undefined;
    return { userId: profile, credentials, clock, ...given({ access, endpoints, logger }) };
  }

  /** The address of an account, as far as it is known. */
  accountOf(profile: string, service: string): string {
    return this.parts.served.find((each) => each.profile === profile)?.accounts[service] ?? "";
  }

  /** Ends the session, once what is under way is finished. */
  async close(): Promise<void> {
    const { plans, audit } = this.parts;
    this.#closed = true;
    await Promise.allSettled(this.#running);
    const clients = [...this.#email.values(), ...this.#calendar.values()];
    await Promise.all(clients.map((client) => client.close()));
    await plans.close();
    await audit.close();
  }
}

/** More than there can be plans at a time. */
const mostRemembered = 1000;

/** An assistant can ask without end. What is forgotten is trusted least. */
function forgetOldest(map: Map<string, unknown>): void {
  const [oldest] = map.keys();
  if (oldest !== undefined && map.size > mostRemembered) map.delete(oldest);
}

/** What was opened under these names, else what is opened now. */
function opened<T>(known: Map<string, T>, names: readonly string[], open: () => T): T {
  const key = JSON.stringify(names);
  const client = known.get(key) ?? open();
  known.set(key, client);
  return client;
}
