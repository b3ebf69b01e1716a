import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { delegatedToken } from "../../../test/support/delegated-client.js";
import { gmailClient } from "../../../test/support/google-clients.js";
import { hostileCalls, type HostileCall, type Known } from "../../../test/support/hostile-calls.js";
import { createGoogleSandbox, type GoogleSandbox, type SandboxSeed } from "../index.js";
import { gmailScopes } from "../oauth/scopes.js";
import type { Route } from "../routes.js";
import { gmailRoutes } from "./routes.js";

const alice = "alice@example.com";
const bob = "bob@example.com";
const robot = "robot@studio.iam.gserviceaccount.com";
const scopes = [gmailScopes.full, gmailScopes.settingsBasic, gmailScopes.settingsSharing];
const userId = "me";
const callsOfEach = 10;

const mailWithFile = [
  'To: bob@example.com\r\nSubject: Plan\r\nMessage-ID: <plan@x>\r\nContent-Type: multipart/mixed; boundary="a"\r\n',
  'Content-Disposition: attachment; filename="plan.txt"\r\n\r\nGate 3\r\n--a--',
].join("\r\n--a\r\n");
const seed: SandboxSeed = {
  users: [
    {
      email: alice,
      labels: ["Work", "Play"],
      generatedMessages: 30,
      mailSettings: {
        sendAs: [{ sendAsEmail: "info@example.com" }],
        filters: [{ criteria: { from: "bob" }, action: { addLabelIds: ["STARRED"] } }],
        forwardingAddresses: [bob],
        delegates: [bob],
      },
    },
    { email: bob },
  ],
  serviceAccounts: [{ clientEmail: robot, delegatedScopes: scopes }],
};

describe("the sandbox's Gmail under random calls", () => {
  let sandbox: GoogleSandbox;
  let token: string;
  beforeEach(async () => {
    sandbox = await createGoogleSandbox({ seed, limits: "none" });
    token = await delegatedToken(sandbox, robot, alice, scopes);
  });
  afterEach(() => sandbox.close());

  const send = async ({ path, method, contentType, body }: HostileCall): Promise<{ status: number; text: string }> => {
    const headers = { authorization: `Bearer ${token}`, "content-type": contentType };
    const answer = await fetch(`${sandbox.url}${path}`, { method, headers, ...(body !== undefined && { body }) });
    return { status: answer.status, text: await answer.text() };
  };

  /** What a route's variables, parameters and fields may be, of what there is now: something of all is there. */
  const knownFor = async ({ name }: Route): Promise<Known> => {
    const { users } = gmailClient(sandbox, alice, ["full", "settings.basic"]);
    const raw = Buffer.from(mailWithFile).toString("base64url");
    const { data: mail } = await users.messages.insert({ userId, requestBody: { raw, labelIds: ["INBOX"] } });
    const { data: read } = await users.messages.get({ userId, id: mail.id ?? "" });
    const draft = await users.drafts.create({ userId, requestBody: { message: { raw } } });
    const messages = sandbox.inspect.messages(alice).map(({ id }) => String(id));
    const threads = sandbox.inspect.messages(alice).map(({ threadId }) => String(threadId));
    const { data: filters } = await users.settings.filters.list({ userId });
    const { data: labels } = await users.labels.list({ userId });
    const labelIds = (labels.labels ?? []).map(({ id }) => id ?? "");
    const idsOf: Known = {
      attachments: [read.payload?.parts?.[0]?.body?.attachmentId ?? ""],
      drafts: [draft.data.id ?? ""],
      filters: (filters.filter ?? []).map(({ id }) => id ?? ""),
      labels: labelIds,
      threads,
    };
    const { data: profile } = await users.getProfile({ userId });
    const { project_id: project } = sandbox.clientFile()["installed"] as { project_id: string };
    return {
      ...words,
      id: idsOf[name.split(".").at(-2) ?? ""] ?? messages,
      ids: messages,
      messageId: [mail.id ?? ""],
      threadId: ["", ...threads],
      labelId: labelIds,
      startHistoryId: [profile.historyId ?? "", "1000000"],
      topicName: [`projects/${project}/topics/mail`],
    };
  };

  it("never breaks, and serves whoever comes after", { timeout: 30_000 }, async () => {
    const hostile = hostileCalls(20_261_123);
    const broken: string[] = [];
    let served = 0;
    for (const route of gmailRoutes) {
      const known = await knownFor(route);
      for (let count = 0; count < callsOfEach; count += 1) {
        const call = hostile(route, known);
        const { status, text } = await send(call);
        if (status >= 500) broken.push(`${route.name}: ${JSON.stringify(call).slice(0, 300)} ${text.slice(0, 300)}`);
        if (status < 300) served += 1;
      }
    }
    expect(broken).toEqual([]);
    // Calls that are all refused at the door would find nothing.
    expect(served).toBeGreaterThan((gmailRoutes.length * callsOfEach) / 5);
    const { data } = await gmailClient(sandbox, alice).users.messages.list({ userId, includeSpamTrash: true });
    expect(data.resultSizeEstimate).toBe(sandbox.inspect.messages(alice).length);
  });
});

/** Words that Google has for something, and addresses of this world. */
const words: Known = {
  userId: ["me", alice],
  labelIds: ["INBOX", "UNREAD"],
  addLabelIds: ["STARRED", "TRASH"],
  removeLabelIds: ["INBOX", "UNREAD"],
  format: ["full", "metadata", "minimal", "raw"],
  internalDateSource: ["receivedTime", "dateHeader"],
  historyTypes: ["messageAdded", "labelRemoved"],
  includeSpamTrash: ["true"],
  deleted: ["false"],
  neverMarkSpam: ["true"],
  processForCalendar: ["true"],
  maxResults: ["1", "10"],
  q: ["plan", "in:inbox -is:unread", "from:(bob OR carol) {a b}"],
  sendAsEmail: ["info@example.com", alice, "new@example.com", "new@elsewhere.example"],
  forwardingEmail: [bob, "new@example.com"],
  delegateEmail: [bob],
  emailAddress: [bob],
  forward: ["", bob],
  labelFilterBehavior: ["include"],
  labelFilterAction: ["exclude"],
  disposition: ["archive", "trash"],
  accessWindow: ["allMail"],
  expungeBehavior: ["archive"],
  displayLanguage: ["de"],
  sizeComparison: ["larger"],
  name: ["One", "Two/Three", "Work"],
  labelListVisibility: ["labelShow"],
  messageListVisibility: ["show"],
  textColor: ["#000000"],
  backgroundColor: ["#ffffff"],
};
