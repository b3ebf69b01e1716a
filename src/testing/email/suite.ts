import { defineSuite, type ProviderConformanceOptions, type TestGroup, type TestRunner } from "../provider-suite.js";
import { attachments } from "./attachments.js";
import { cancellation, concurrency, errors } from "./calls.js";
import { changing, importance, labelling } from "./changing.js";
import { drafts } from "./drafts.js";
import { following } from "./following.js";
import { reading } from "./reading.js";
import { searching } from "./searching.js";
import { answering, sending } from "./sending.js";
import { threads } from "./threads.js";
import { rawMail, type EmailWorld } from "./world.js";

/** What an e-mail provider is tested with. */
export type EmailConformanceOptions = ProviderConformanceOptions<EmailWorld>;

const groups: Readonly<Record<string, TestGroup<EmailWorld>>> = {
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
export function emailConformance(runner: TestRunner, options: EmailConformanceOptions): void {
  defineSuite({ contract: "e-mail", groups }, runner, options);
}
