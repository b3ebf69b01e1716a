import type { Deadline } from "../../../core/deadline.js";
import { integrationError } from "../../../core/errors.js";
import { remembered } from "../../../core/remembered.js";
import type { GoogleApi } from "../http.js";
import { cost } from "./quota.js";
import { quoted } from "./search-text.js";
import { labelList, type WireLabel } from "./wire.js";

/** What a folder's name selects in `messages.list`. */
export interface FolderFilter {
  readonly labelIds: readonly string[];
  readonly includeSpamTrash: boolean;
}

/** The names and ids of a mailbox's labels. */
export interface LabelNames {
  list(deadline: Deadline): Promise<readonly WireLabel[]>;
  /** Names of label ids, in the order given. Labels made since the last look are looked up again. */
  names(ids: readonly string[], deadline: Deadline): Promise<string[]>;
  /** What a folder's name or id selects. @throws RequestError `request.not_found` */
  filter(folder: string, deadline: Deadline): Promise<FolderFilter>;
  /** How Gmail's search language names a folder. @throws RequestError `request.not_found` */
  search(folder: string, deadline: Deadline): Promise<string>;
  /** The label that a name or id means. @throws RequestError `request.not_found` */
  find(folder: string, deadline: Deadline): Promise<WireLabel>;
  /** Forgets what is known: it was just changed. */
  forget(): void;
}

/** Gmail's own folders under the names that everybody uses. */
const systemFolders: ReadonlyMap<string, string> = new Map([
  ["drafts", "DRAFT"],
  ...["INBOX", "SENT", "DRAFT", "TRASH", "SPAM", "STARRED", "IMPORTANT", "UNREAD"].map((id): [string, string] => [
    id.toLowerCase(),
    id,
  ]),
]);

/** Our name of a label: Gmail's own in lower case, categories as its search language writes them. */
export function labelName(wire: Pick<WireLabel, "id" | "name" | "type">): string {
  if (wire.type === "user") return wire.name;
  return wire.id.toLowerCase().replace(/^category_/, "category:");
}

/**
 * Reads label names when they are first needed, and again when an unknown one turns up.
 *
 * @param shared - what one call asks for, others wait for too: none of them ends it
 */
export function createLabelNames(api: GoogleApi, shared: Deadline): LabelNames {
  const known = remembered(async (): Promise<readonly WireLabel[]> => {
    const call = { path: "/labels", cost: cost["labels.list"], answer: labelList };
    return (await api.call(call, shared)).labels ?? [];
  });
  const list = ({ signal }: Deadline): Promise<readonly WireLabel[]> => known.fresh(signal);
  const lately = ({ signal }: Deadline): Promise<readonly WireLabel[]> => known.latest(signal);
  const find = async (folder: string, deadline: Deadline): Promise<WireLabel> => {
    const name = folder.trim().toLowerCase();
    const system = systemFolders.get(name);
    if (system !== undefined) return { id: system, name: system, type: "system" };
    const named = (label: WireLabel): boolean =>
      label.id === folder.trim() || label.name.toLowerCase() === name || labelName(label).toLowerCase() === name;
    const found = (await lately(deadline)).find(named) ?? (await list(deadline)).find(named);
    if (found) return found;
    throw integrationError("request.not_found", {
      message: `There is no folder or label called "${folder}".`,
      hint: `Use one of: all, ${[...new Set((await lately(deadline)).map(labelName))].join(", ")}.`,
    });
  };
  return {
    list,
    find,
    forget: () => known.forget(),
    async names(ids, deadline) {
      const own = ids.filter((id) => !isSystemId(id));
      const labels = own.length === 0 ? [] : await lately(deadline);
      const fresh = own.every((id) => labels.some((label) => label.id === id)) ? labels : await list(deadline);
      return ids.map((id) => labelName(fresh.find((label) => label.id === id) ?? { id, name: id }));
    },
    async search(folder, deadline) {
      return wholeMailbox(folder) === undefined ? labelSearch(await find(folder, deadline)) : "in:anywhere";
    },
    async filter(folder, deadline) {
      const whole = wholeMailbox(folder);
      if (whole !== undefined) return { labelIds: [], includeSpamTrash: whole === "anywhere" };
      const { id } = await find(folder, deadline);
      return { labelIds: [id], includeSpamTrash: id === "TRASH" || id === "SPAM" };
    },
  };
}

/** Folders that are no label: all mails but those in spam and trash, and all without exception. */
function wholeMailbox(folder: string): "all" | "anywhere" | undefined {
  const name = folder.trim().toLowerCase();
  return name === "all" || name === "anywhere" ? name : undefined;
}

/** How Gmail's search language names a label: its own by where they are, those of people by name. */
function labelSearch({ id, name, type }: WireLabel): string {
  if (type !== "user") {
    const own = labelName({ id, name }).toLowerCase();
    return own.startsWith("category:") ? own : `in:${own === "draft" ? "drafts" : own}`;
  }
  // Quirk(google): spaces and slashes of a label's name are hyphens in its search language.
  return `label:${quoted(name.replace(/[\s/]/g, "-"))}`;
}

/** Gmail's own labels are in capitals; those that people make are `Label_…`. */
function isSystemId(id: string): boolean {
  return /^[A-Z][A-Z_]*$/.test(id);
}
