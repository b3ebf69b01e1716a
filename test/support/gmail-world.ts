import { createEmailClient } from "../../src/integrations.js";
import type { EmailClient } from "../../src/email/client.js";
import type { FaultRule } from "../../src/sandbox/index.js";
import type { EmailFailure, EmailWorld } from "../../src/testing/index.js";
import { movedClock } from "./moved-clock.js";
import { openWorld } from "./world.js";

const [alice, bob, carol] = ["alice@example.com", "bob@example.com", "carol@example.com"];
const alias = "alice@lighthouse.example";
const everything = "https://mail.google.com/";

const faults: Readonly<Record<EmailFailure, FaultRule>> = {
  unavailable: { method: "gmail.users.messages.get", respond: "503" },
  too_fast: { method: "gmail.users.messages.get", respond: "429-retry-after-seconds", seconds: 1 },
  sent_answer_lost: { method: "gmail.users.drafts.send", respond: "accepted-no-answer" },
  sending_lost: { method: "gmail.users.drafts.send", respond: "before-write" },
  sending_refused: { method: "gmail.users.drafts.send", respond: "failedPrecondition" },
};

/** A Gmail account in the sandbox, for the suite that every e-mail provider must pass. */
export async function gmailWorld(): Promise<EmailWorld> {
  const clock = movedClock(Date.parse("2026-11-23T12:00:00Z"));
  const seed = {
    users: [
      { email: alice, mailSettings: { sendAs: [{ sendAsEmail: alias, verificationStatus: "accepted" as const }] } },
      { email: bob },
      { email: carol },
    ],
  };
  const world = await openWorld({ seed, clock, limits: "none" });
  const { sandbox } = world;
  const options = await world.signIn("google_gmail", alice, { access: "full" });
  const clients: EmailClient[] = [];
  const open = (access: "read" | "full"): EmailClient => {
    const credentials = world.anotherProcess();
    const client = createEmailClient("google_gmail", { ...options, credentials, access });
    clients.push(client);
    return client;
  };
  const call = async (user: string, path: string, body?: unknown): Promise<Record<string, unknown>> => {
    const { accessToken } = sandbox.issueToken(user, [everything]);
    const answer = await fetch(`${sandbox.url}/gmail/v1/users/me${path}`, {
      method: body === undefined ? "GET" : "POST",
      headers: { authorization: `Bearer ${accessToken}`, "content-type": "application/json" },
      ...(body !== undefined && { body: JSON.stringify(body) }),
    });
    return (await answer.json()) as Record<string, unknown>;
  };
  return {
    client: open("full"),
    readOnly: open("read"),
    another: () => open("full"),
    ...{ address: alice, alias, people: [bob, carol] as const },
    async receive(raw, { folder = "inbox", unread = false } = {}) {
      const labelIds = [folder.toUpperCase(), ...(unread ? ["UNREAD"] : [])];
      const query = "internalDateSource=dateHeader";
      const body = { raw: Buffer.from(raw).toString("base64url"), labelIds };
      return String((await call(alice, `/messages?${query}`, body))["id"]);
    },
    async received(person) {
      const ids = sandbox.inspect.messages(person).map((message) => String(message["id"]));
      const raws = await Promise.all(ids.map((id) => call(person, `/messages/${id}?format=raw`)));
      return raws
        .sort((a, b) => Number(a["internalDate"]) - Number(b["internalDate"]))
        .map(({ raw }) => Buffer.from(String(raw), "base64url"));
    },
    failNext: (failure) => sandbox.failNext(faults[failure]),
    expireCursors: () => sandbox.expireHistory(alice),
    advance: (durationMs) => clock.advance(durationMs),
    now: () => clock.now(),
    async [Symbol.asyncDispose]() {
      await Promise.all(clients.map((client) => client.close()));
      await world[Symbol.asyncDispose]();
    },
  };
}
