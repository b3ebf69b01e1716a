import assert from "node:assert/strict";
import { isIntegrationError } from "../../core/errors.js";
import type { Capabilities } from "../../provider.js";
import { attachments } from "./attachments.js";
import { cancellation, concurrency, errors } from "./calls.js";
import { changing, importance, labelling } from "./changing.js";
import { drafts } from "./drafts.js";
import { following } from "./following.js";
import { reading } from "./reading.js";
import { searching } from "./searching.js";
import { answering, sending } from "./sending.js";
import { threads } from "./threads.js";
import { rawMail, type EmailTest, type EmailTests, type EmailWorld } from "./world.js";

type Define = (name: string, run: () => Promise<void>) => unknown;

/** The functions of a test runner, such as those of vitest or `node:test`. */
export interface TestRunner {
  readonly describe: (name: string, define: () => void) => unknown;
  /** With `skip`, where the runner has it, to show what is left out. */
  readonly it: Define & { readonly skip?: Define };
}

/** What an e-mail provider is tested with. */
export interface EmailConformanceOptions {
  readonly provider: { getName(): string; readonly capabilities: Capabilities };
  /** An account with nothing in it, for each test anew. */
  readonly createWorld: () => Promise<EmailWorld>;
  /** Tests that this service cannot pass, by `group > name`, and why. */
  readonly skip?: readonly { readonly test: string; readonly reason: string }[];
}

interface Group {
  readonly tests: EmailTests;
  /** The capability without which its calls throw `request.unsupported`. */
  readonly needs?: string;
  /** A call that needs it. */
  readonly call?: (world: EmailWorld) => Promise<unknown>;
}

const groups: Readonly<Record<string, Group>> = {
  reading: { tests: reading },
  searching: { tests: searching },
  threads: {
    tests: threads,
    needs: "threads",
    call: ({ client }) => client.listThreads(),
  },
  sending: {
    tests: { ...sending, ...answering },
    needs: "send",
    call: ({ client, people }) => client.sendEmail({ to: people[0], subject: "x", text: "y" }),
  },
  drafts: { tests: drafts, needs: "drafts", call: ({ client }) => client.listDrafts() },
  changing: { tests: changing },
  labelling: {
    tests: labelling,
    needs: "labels",
    call: async (world) => {
      const id = await world.receive(rawMail(world));
      await world.client.updateEmails([id], { addLabels: ["inbox"] });
    },
  },
  importance: {
    tests: importance,
    needs: "importance",
    call: async (world) => {
      const id = await world.receive(rawMail(world));
      await world.client.updateEmails([id], { important: true });
    },
  },
  attachments: { tests: attachments },
  following: { tests: following, needs: "changes", call: ({ client }) => client.getChanges() },
  errors: { tests: errors },
  cancellation: { tests: cancellation },
  concurrency: { tests: concurrency },
};

/**
 * Defines the tests that every e-mail provider must pass, with a runner's functions. What a provider declares itself
 * unable to do must throw `request.unsupported`.
 *
 * @throws AssertionError for a skip without a reason, or of a test that does not exist
 */
export function emailConformance({ describe, it }: TestRunner, options: EmailConformanceOptions): void {
  const { provider, createWorld, skip = [] } = options;
  checkSkips(skip);
  const run = (test: EmailTest) => async (): Promise<void> => {
    await using world = await createWorld();
    await test(world);
  };
  describe(`${provider.getName()} keeps the e-mail contract`, () => {
    for (const [name, { tests, needs, call }] of Object.entries(groups)) {
      describe(name, () => {
        if (needs !== undefined && call && !can(provider.capabilities, needs)) {
          it(`says that it has no ${needs}`, run(unsupported(call)));
          return;
        }
        for (const [title, test] of Object.entries(tests)) {
          const skipped = skip.find((each) => each.test === `${name} > ${title}`);
          if (skipped) it.skip?.(`${title} (left out: ${skipped.reason})`, run(test));
          else it(title, run(test));
        }
      });
    }
  });
}

function can(capabilities: Capabilities, name: string): boolean {
  return capabilities[name] !== undefined && capabilities[name] !== false;
}

function unsupported(call: NonNullable<Group["call"]>): EmailTest {
  return (world) => assert.rejects(call(world), (error) => isIntegrationError(error, "request.unsupported"));
}

function checkSkips(skip: NonNullable<EmailConformanceOptions["skip"]>): void {
  const known = new Set(
    Object.entries(groups).flatMap(([group, { tests }]) => Object.keys(tests).map((title) => `${group} > ${title}`)),
  );
  for (const { test, reason } of skip) {
    assert.ok(known.has(test), `There is no test "${test}" to leave out.`);
    assert.ok(reason.trim() !== "", `Leaving "${test}" out needs a reason.`);
  }
}
