import type { GoogleSandbox } from "maigic-integrations/sandbox";

/** Anything that a sandbox holds, as Google's API shows it. */
export type Wire = Readonly<Record<string, unknown>>;

/** What a sandbox holds at a moment, of everybody in it. */
export interface Held {
  messages(user: string): readonly Wire[];
  events(user: string): readonly Wire[];
}

/** What became of a sandbox since it was looked at before. */
export interface Seen {
  readonly before: Held;
  readonly after: Held;
  /** Whether it holds anything else than before. */
  readonly changed: boolean;
  /** The requests to change something, also those that it refused. */
  readonly asked: readonly string[];
}

/** The name of what Gmail makes anew at each reading. */
const momentary = "attachmentId";

/** Watches what a sandbox holds and is asked. */
export class SandboxWatch {
  readonly #sandbox: GoogleSandbox;
  readonly #people: readonly string[];
  #held: Held & { readonly text: string };
  #requests: number;

  constructor(sandbox: GoogleSandbox, people: readonly string[]) {
    this.#sandbox = sandbox;
    this.#people = people;
    this.#held = this.#now();
    this.#requests = sandbox.requests.length;
  }

  /** What was done since the last look. */
  look(): Seen {
    const before = this.#held;
    const asked = this.#sandbox.requests
      .slice(this.#requests)
      .filter(isChange)
      .map(({ method }) => method);
    this.#held = this.#now();
    this.#requests = this.#sandbox.requests.length;
    return { before, after: this.#held, changed: before.text !== this.#held.text, asked };
  }

  #now(): Held & { readonly text: string } {
    const { inspect } = this.#sandbox;
    const all = this.#people.map((user) => ({ user, messages: inspect.messages(user), events: inspect.events(user) }));
    const of = (user: string): (typeof all)[number] | undefined => all.find((each) => each.user === user);
    return {
      messages: (user) => of(user)?.messages ?? [],
      events: (user) => of(user)?.events ?? [],
      text: JSON.stringify([all, inspect.calendarMails()], (name, value: unknown) => (name === momentary ? "" : value)),
    };
  }
}

/** Whatever is no reading: who is free is asked with POST. */
function isChange({ httpMethod, method }: GoogleSandbox["requests"][number]): boolean {
  return httpMethod !== "GET" && !method.startsWith("oauth.") && method !== "calendar.freebusy.query";
}
