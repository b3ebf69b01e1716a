import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import type { EmailUpdate } from "../../../email/models.js";
import { labelName } from "./labels.js";
import type { Mailbox } from "./mailbox.js";
import type { WireLabel } from "./wire.js";

/** Labels to add and to remove, by id. */
export interface LabelChange {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** Takes mails to the trash, and out of it; they do not return to the inbox by that. */
export const toTrash: LabelChange = { add: ["TRASH"], remove: ["INBOX"] };
export const fromTrash: LabelChange = { add: [], remove: ["TRASH"] };

/** What Gmail does not let anybody put on a mail or take off it. */
const fixed = new Set(["SENT", "DRAFT", "CHAT"]);

/**
 * An update in labels: Gmail has nothing else.
 *
 * @throws RequestError `request.invalid` for one that changes nothing, contradicts itself or asks for what Gmail
 * decides; `request.not_found` for a label that does not exist
 */
export async function toLabelChange(mailbox: Mailbox, update: EmailUpdate, deadline: Deadline): Promise<LabelChange> {
  const ids = (names: readonly string[] = []): Promise<string[]> =>
    Promise.all(names.map(async (name) => (await mailbox.labels.find(name, deadline)).id));
  const [added, removed, moved] = await Promise.all([
    ids(update.addLabels),
    ids(update.removeLabels),
    moveTo(mailbox, update.folder, deadline),
  ]);
  const flags = [
    flag("UNREAD", negated(update.read)),
    flag("STARRED", update.starred),
    flag("IMPORTANT", update.important),
  ];
  const add = new Set([...added, ...moved.add, ...flags.flatMap((each) => each.add)]);
  const remove = new Set([...removed, ...moved.remove, ...flags.flatMap((each) => each.remove)]);
  // What a mail is moved to is where it stays.
  for (const id of moved.add) remove.delete(id);
  const both = [...add].find((id) => remove.has(id));
  if (both !== undefined) throw impossible(`It would both get and lose ${both.toLowerCase()}.`);
  const denied = [...add, ...remove].find((id) => fixed.has(id));
  if (denied !== undefined) throw impossible(`Gmail itself decides what is in ${denied.toLowerCase()}.`);
  if (add.size + remove.size === 0) throw impossible("It changes nothing.");
  return { add: [...add], remove: [...remove] };
}

/** A change in words, one line for each label. */
export async function describeChange(mailbox: Mailbox, change: LabelChange, deadline: Deadline): Promise<string[]> {
  const name = async (id: string): Promise<string> => labelName(await mailbox.labels.find(id, deadline));
  return [
    ...(await Promise.all(change.add.map(async (id) => `+ ${await name(id)}`))),
    ...(await Promise.all(change.remove.map(async (id) => `- ${await name(id)}`))),
  ];
}

const places = ["INBOX", "SPAM", "TRASH"];

async function moveTo(mailbox: Mailbox, folder: string | undefined, deadline: Deadline): Promise<LabelChange> {
  if (folder === undefined) return { add: [], remove: [] };
  if (/^(archive|all)$/i.test(folder.trim())) return { add: [], remove: places };
  const target: WireLabel = await mailbox.labels.find(folder, deadline);
  return { add: [target.id], remove: places.filter((id) => id !== target.id) };
}

function flag(id: string, wanted: boolean | undefined): LabelChange {
  if (wanted === undefined) return { add: [], remove: [] };
  return wanted ? { add: [id], remove: [] } : { add: [], remove: [id] };
}

function negated(value: boolean | undefined): boolean | undefined {
  return value === undefined ? undefined : !value;
}

function impossible(message: string): Error {
  return integrationError("request.invalid", {
    message: `The change cannot be made. ${message}`,
    hint: "Give at least one of addLabels, removeLabels, folder, read, starred and important, without contradictions.",
  });
}
