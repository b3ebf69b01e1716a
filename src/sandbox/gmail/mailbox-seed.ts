import type { Clock } from "../../core/clock.js";
import type { Identifiers } from "../identifiers.js";
import { generatedMails } from "../lifelike/generated-mails.js";
import type { SeedMessage, SeedUser } from "../seed.js";
import { composeMessage } from "./compose.js";
import type { GmailRules } from "./gmail-rules.js";
import { History } from "./history.js";
import { Mailbox, type NewMessage } from "./mailbox.js";

/** Makes a person's mailbox of a seed. */
export function createMailbox(options: {
  readonly account: { readonly address: string; readonly name: string };
  readonly seed: SeedUser;
  /** The number that decides what generated mails say. */
  readonly seedNumber: number;
  readonly rules: GmailRules;
  readonly clock: Clock;
  readonly identifiers: Identifiers;
}): Mailbox {
  const { account, seed, seedNumber, rules, clock, identifiers } = options;
  const history = new History({ clock, start: rules.historyStart, lifeMs: rules.historyDays * 86_400_000 });
  const { labels = [], mailSettings: settings = {} } = seed;
  const mailbox = new Mailbox({ account, labels, settings, history, clock, identifiers });
  const labelId = remembered((label: string) => mailbox.labels.idOf(label));
  const threads = new Map<string, string>();

  const place = ({ labels: named, thread, date }: Facts, messageId: boolean, content: () => SeedMessage): Placed => {
    const id = identifiers.hex();
    const threadId = thread === undefined ? id : (threads.get(thread) ?? id);
    if (thread !== undefined) threads.set(thread, threadId);
    const internalDate = date === undefined ? clock.now() : new Date(date).getTime();
    const facts = { to: account.address, dateMs: internalDate, messageId: `<${id}@mail.example.com>` };
    return {
      id,
      threadId,
      labelIds: (named ?? ["INBOX", "UNREAD"]).map(labelId),
      internalDate,
      messageId: messageId ? facts.messageId : undefined,
      compose: () => composeMessage(content(), facts),
    };
  };
  const generated = generatedMails(seed.generatedMessages ?? 0, {
    owner: account,
    seed: seedNumber,
    now: clock.now(),
  });
  mailbox.load([
    ...(seed.messages ?? []).map((message) => place(message, !namesItself(message), () => message)),
    ...Array.from({ length: generated.count }, (_, index) =>
      place(generated.factsOf(index), true, () => generated.contentOf(index)),
    ),
  ]);
  return mailbox;
}

type Facts = Pick<SeedMessage, "labels" | "thread" | "date">;
type Placed = NewMessage & { readonly id: string };

/** Whether a mail has a Message-ID of its own, which only reading it tells. */
function namesItself({ raw, headers = {} }: SeedMessage): boolean {
  return raw !== undefined || Object.keys(headers).some((name) => name.toLowerCase() === "message-id");
}

function remembered(find: (key: string) => string): (key: string) => string {
  const known = new Map<string, string>();
  return (key) => {
    const found = known.get(key) ?? find(key);
    known.set(key, found);
    return found;
  };
}
