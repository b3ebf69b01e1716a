import { ApiError, gmailNotFound, gmailInvalid } from "../api-error.js";

/** A label or folder, as Google writes it. */
export interface StoredLabel {
  readonly id: string;
  readonly name: string;
  readonly type: "system" | "user";
  readonly messageListVisibility?: string;
  readonly labelListVisibility?: string;
  readonly color?: { readonly textColor: string; readonly backgroundColor: string };
}

/** What a client may set of a label. */
export type LabelFields = Omit<StoredLabel, "id" | "type">;

const systemLabels = [
  "CHAT",
  "SENT",
  "INBOX",
  "IMPORTANT",
  "TRASH",
  "DRAFT",
  "SPAM",
  "CATEGORY_FORUMS",
  "CATEGORY_UPDATES",
  "CATEGORY_PERSONAL",
  "CATEGORY_PROMOTIONS",
  "CATEGORY_SOCIAL",
  "STARRED",
  "UNREAD",
];
/** Names that nobody's own label may have, besides those of the system labels. */
const reservedNames = ["ALL", "ALL MAIL", "BIN", "DRAFTS", "MUTED", "SCHEDULED", "SNOOZED"];
const maxLabels = 10_000;

/** A mailbox's labels: the system's, and the person's own. */
export class Labels {
  readonly #labels = new Map<string, StoredLabel>(
    systemLabels.map((id) => [id, { id, name: id, type: "system" }] as const),
  );
  #count = 0;

  constructor(names: readonly string[]) {
    for (const name of names) this.create({ name });
  }

  get all(): StoredLabel[] {
    return [...this.#labels.values()];
  }

  has(id: string): boolean {
    return this.#labels.has(id);
  }

  /** @throws ApiError 404 */
  get(id: string): StoredLabel {
    const found = this.#labels.get(id);
    if (!found) throw gmailNotFound();
    return found;
  }

  /** By id or by name, as a seed names labels. */
  idOf(label: string): string {
    return this.has(label) ? label : (this.all.find(({ name }) => name === label)?.id ?? label);
  }

  /** @throws ApiError 409 for a name that is taken, 400 for one that cannot be */
  create(fields: LabelFields): StoredLabel {
    if (this.#labels.size >= maxLabels) throw gmailInvalid("Too many labels");
    this.#checkName(fields.name);
    this.#count += 1;
    return this.#put({ ...visible, ...fields, id: `Label_${this.#count}`, type: "user" });
  }

  /** @throws ApiError 400 for a system label, 404, 409 */
  replace(id: string, fields: LabelFields): StoredLabel {
    const existing = this.#own(id, "Invalid update request");
    this.#checkName(fields.name, id);
    return this.#put({ ...visible, ...fields, id: existing.id, type: "user" });
  }

  /** @throws ApiError 400 for a system label, 404 */
  delete(id: string): void {
    this.#labels.delete(this.#own(id, "Invalid delete request").id);
  }

  #own(id: string, refusal: string): StoredLabel {
    const label = this.get(id);
    if (label.type === "system") throw gmailInvalid(refusal);
    return label;
  }

  #put(label: StoredLabel): StoredLabel {
    this.#labels.set(label.id, label);
    return label;
  }

  #checkName(name: string, ownId?: string): void {
    const key = name.toUpperCase();
    const bad = name.trim() === "" || name.length > 225 || /^\/|\/$|\/\//.test(name);
    if (bad || systemLabels.includes(key) || reservedNames.includes(key)) throw gmailInvalid("Invalid label name");
    const taken = this.all.some((label) => label.id !== ownId && label.name.toUpperCase() === key);
    if (!taken) return;
    throw new ApiError({
      code: 409,
      reason: "aborted",
      message: "Label name exists or conflicts",
      status: "ABORTED",
    });
  }
}

const visible = { messageListVisibility: "show", labelListVisibility: "labelShow" };
