import { createEmailClient } from "../../src/integrations.js";
import type { EmailClient } from "../../src/email/client.js";
import type { OperationCall } from "../../src/operations/operation.js";
import type { SeedMessage } from "../../src/sandbox/index.js";
import { movedClock } from "./moved-clock.js";
import { previewOperation, runOperation, streamOperation } from "./run-operation.js";
import { openWorld, withClient, type World } from "./world.js";

export const alice = "alice@example.com";
export const bob = "bob@example.com";

const now = Date.parse("2026-11-23T12:00:00Z");
const minute = 60_000;

type Run = (name: string, input?: object, call?: Partial<OperationCall<"email">>) => Promise<Record<string, unknown>>;

/** A mailbox of Alice's in the sandbox, and short ways to run the operations on it. */
export interface OperationsWorld extends World {
  readonly email: EmailClient;
  /** The ids of the mails, the newest first. */
  readonly ids: readonly string[];
  readonly run: Run;
  readonly preview: (name: string, input?: object) => ReturnType<typeof previewOperation>;
  readonly stream: (name: string, input?: object) => Promise<unknown[]>;
  /** The methods of the service that were called, since the last look. */
  readonly methods: () => string[];
}

/** Opens one: of a number of mails, a minute apart, or of these. */
export async function operationsWorld(mails: number | readonly SeedMessage[]): Promise<OperationsWorld> {
  const clock = movedClock(now);
  const messages = typeof mails === "number" ? numbered(mails) : mails.map((mail) => ({ date: now, ...mail }));
  const seed = { users: [{ email: alice, labels: ["Blue"], messages }, { email: bob }] };
  const world = await openWorld({ seed, clock, limits: "none" });
  const email = createEmailClient("google_gmail", await world.signIn("google_gmail", alice, { access: "full" }));
  const ids = world.sandbox.inspect.messages(alice).map(({ id }) => String(id));
  return withClient(world, email, {
    ...{ email, ids },
    run: (name, input, call = {}) => runOperation({ client: email, ...call }, name, input),
    preview: (name, input) => previewOperation({ client: email }, name, input),
    stream: (name, input) => streamOperation({ client: email }, name, input),
    methods: () => {
      const methods = world.sandbox.requests.map(({ method }) => method.replace("gmail.users.", ""));
      world.sandbox.clearRequests();
      return methods;
    },
  } satisfies Omit<OperationsWorld, keyof World>);
}

function numbered(count: number): SeedMessage[] {
  return Array.from({ length: count }, (_, index) => ({ subject: `Mail ${index}`, date: now - index * minute }));
}
