import { randomInt } from "node:crypto";
import { createEmailClient } from "maigic-integrations";
import type { EmailChange, EmailClient } from "maigic-integrations/email";
import { gmailAccount, type GmailAccount } from "./support/gmail-account.js";
import { oneOf } from "./support/one-of.js";
import { outcome, type Outcome } from "./support/proof.js";
import { openWorld, type World } from "./support/world.js";

export const name = "follow";
export const claim =
  "whoever follows a mailbox by getChanges holds what the server holds, over expired cursors, expired pages and kills";

const user = "alice@example.com";
const flags = ["UNREAD", "STARRED", "IMPORTANT", "INBOX"];
/** More changes than Gmail tells on one page. */
const manyRounds = 19;
const fewestMails = 30;

export async function run({ full }: { full: boolean }): Promise<Outcome> {
  const histories = full ? 2_000 : 12;
  const found = await follow(histories, {});
  const mishaps = `${found.resets} resets, ${found.pages} pages that expired, ${found.kills} kills`;
  return outcome(
    {
      figure: `${found.different} of ${histories} differ, with ${mishaps}`,
      target: `0 of ${histories} differ, with some of each`,
      holds: found.different === 0 && Math.min(found.resets, found.pages, found.kills) > 0,
    },
    {
      "a follower that passes over a change": (await follow(6, { loses: true })).different > 0,
      "a follower that does not start anew": (await follow(30, { ignoresResets: true })).different > 0,
    },
  );
}

interface Flaw {
  readonly loses?: boolean;
  readonly ignoresResets?: boolean;
}

interface Found {
  different: number;
  resets: number;
  pages: number;
  kills: number;
}

async function follow(histories: number, flaw: Flaw): Promise<Found> {
  await using world = await openWorld({ users: [{ email: user }] }, user);
  const account = gmailAccount(world.sandbox, user);
  const found: Found = { different: 0, resets: 0, pages: 0, kills: 0 };
  let stored = JSON.stringify({ mails: {} } satisfies Kept);
  // A control is over as soon as it was noticed.
  const isOver = (): boolean => Object.keys(flaw).length > 0 && found.different > 0;
  for (let history = 0; history < histories && !isOver(); history++) {
    await happen(account);
    const mishap = mishapOf(history);
    if (mishap === "expired") world.sandbox.expireHistory(user);
    if (mishap === "page") {
      await manyChanges(account);
      const method = "gmail.users.history.list";
      world.sandbox.failNext({ method, after: 1, respond: oneOf(["expiredPageToken", "expiredHistory"]) });
      found.pages += 1;
    }
    if (mishap === "kill") {
      await manyChanges(account);
      // What was read and not stored is lost with the process.
      await catchUp(world, stored, { ...flaw, pages: 1 }, found);
      found.kills += 1;
    }
    stored = await catchUp(world, stored, flaw, found);
    world.sandbox.clearFaults();
    if (!isSame(stored, account)) found.different += 1;
  }
  return found;
}

/** Each of the mishaps comes often, and most histories go by without. */
function mishapOf(history: number): "expired" | "page" | "kill" | "none" {
  return ({ 3: "expired", 5: "page", 7: "kill" } as const)[history % 8] ?? "none";
}

/** What a follower keeps: labels by mail. */
interface Kept {
  cursor?: string;
  mails: Record<string, string[]>;
}

/** A process that reads on from what was stored. @returns what it stores in the end */
async function catchUp(
  { options }: World,
  stored: string,
  { loses = false, ignoresResets = false, pages = Infinity }: Flaw & { pages?: number },
  found: Found,
): Promise<string> {
  await using client = createEmailClient("google_gmail", options);
  let kept = JSON.parse(stored) as Kept;
  if (kept.cursor === undefined) kept = await readAnew(client, (await client.getChanges()).cursor);
  for (let page = 0; page < pages; page++) {
    const { changes, cursor, hasMore, reset } = await client.getChanges(kept.cursor);
    if (reset) found.resets += 1;
    if (reset && !ignoresResets) {
      kept = await readAnew(client, cursor);
      continue;
    }
    for (const change of loses ? changes.slice(1) : changes) apply(kept, change);
    kept.cursor = cursor;
    if (!hasMore) break;
  }
  return JSON.stringify(kept);
}

async function readAnew(client: EmailClient, cursor: string): Promise<Kept> {
  const mails: Kept["mails"] = {};
  for await (const { id, labels } of client.iterateEmails("in:anywhere")) mails[id] = labels;
  return { cursor, mails };
}

function apply({ mails }: Kept, { type, id, labels = [] }: EmailChange): void {
  if (type === "removed") Reflect.deleteProperty(mails, id);
  else mails[id] = labels;
}

function isSame(stored: string, account: GmailAccount): boolean {
  const { mails } = JSON.parse(stored) as Kept;
  const shown = (entries: Iterable<[string, string[]]>): string =>
    JSON.stringify([...entries].map(([id, labels]) => [id, labels.map((label) => label.toLowerCase()).sort()]).sort());
  return shown(Object.entries(mails)) === shown(account.labels());
}

/** Some things that happen to a mailbox, which stays of about the same size. */
async function happen(account: GmailAccount): Promise<void> {
  for (let count = randomInt(1, 7); count > 0; count--) {
    if (account.labels().size < fewestMails) await account.insert(flags.filter(() => randomInt(2) === 0));
    const ids = [...account.labels().keys()];
    const id = oneOf(ids);
    const flag = oneOf(flags);
    const change = randomInt(2) === 0 ? { add: [flag] } : { remove: [flag] };
    const what = oneOf([
      () => account.insert(["INBOX", "UNREAD"]),
      () => account.relabel([id], change),
      () => account.relabel(ids, change),
      () => account.trash(id),
      () => account.remove(id),
    ]);
    await what();
  }
}

async function manyChanges(account: GmailAccount): Promise<void> {
  while (account.labels().size < fewestMails) await account.insert(["INBOX"]);
  const ids = [...account.labels().keys()];
  for (let round = 0; round < manyRounds; round++) {
    await account.relabel(ids, round % 2 === 0 ? { add: ["STARRED"] } : { remove: ["STARRED"] });
  }
}
