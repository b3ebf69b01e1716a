import * as v from "valibot";
import { integrationError } from "../../core/errors.js";

/** An address that a person sends mail as. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.sendAs */
export interface SendAs {
  readonly sendAsEmail: string;
  readonly displayName?: string | undefined;
  readonly replyToAddress?: string | undefined;
  readonly signature?: string | undefined;
  readonly isPrimary?: boolean | undefined;
  readonly isDefault?: boolean | undefined;
  readonly treatAsAlias?: boolean | undefined;
  readonly verificationStatus?: "accepted" | "pending" | undefined;
  /** A server that mails would go out by; here they do not. */
  readonly smtpMsa?: Readonly<Record<string, unknown>> | undefined;
}

/** What is done with incoming mail. @see https://developers.google.com/workspace/gmail/api/reference/rest/v1/users.settings.filters */
export interface MailFilter {
  readonly id: string;
  readonly criteria: FilterCriteria;
  readonly action: FilterAction;
}

/** Which mails a filter is for: those that fit all of it. */
export interface FilterCriteria {
  readonly from?: string | undefined;
  readonly to?: string | undefined;
  readonly subject?: string | undefined;
  readonly query?: string | undefined;
  readonly negatedQuery?: string | undefined;
  readonly hasAttachment?: boolean | undefined;
  readonly excludeChats?: boolean | undefined;
  /** In bytes. */
  readonly size?: number | undefined;
  readonly sizeComparison?: "smaller" | "larger" | undefined;
}

/** What a filter does with a mail. */
export interface FilterAction {
  readonly addLabelIds?: readonly string[] | undefined;
  readonly removeLabelIds?: readonly string[] | undefined;
  readonly forward?: string | undefined;
}

/** The settings of a mailbox, as Google writes them; each is replaced when it changes. */
export interface MailSettings {
  sendAs: readonly SendAs[];
  filters: readonly MailFilter[];
  forwardingAddresses: readonly { readonly forwardingEmail: string; readonly verificationStatus: string }[];
  delegates: readonly { readonly delegateEmail: string; readonly verificationStatus: string }[];
  vacation: Readonly<Record<string, unknown>>;
  autoForwarding: Readonly<Record<string, unknown>>;
  imap: Readonly<Record<string, unknown>>;
  pop: Readonly<Record<string, unknown>>;
  language: Readonly<Record<string, unknown>>;
}

/** A seed's settings of a person's mailbox; what is left out is as in a new account. */
export interface SeedMailSettings {
  sendAs?: Omit<SendAs, "isPrimary">[] | undefined;
  filters?: Omit<MailFilter, "id">[] | undefined;
  forwardingAddresses?: string[] | undefined;
  delegates?: string[] | undefined;
  vacation?: Record<string, unknown> | undefined;
}

const text = v.optional(v.string());
const flag = v.optional(v.boolean());
const labelIds = v.optional(v.array(v.string()));

const criteria: v.GenericSchema<unknown, FilterCriteria> = v.strictObject({
  from: text,
  to: text,
  subject: text,
  query: text,
  negatedQuery: text,
  hasAttachment: flag,
  excludeChats: flag,
  size: v.optional(v.number()),
  sizeComparison: v.optional(v.picklist(["smaller", "larger"])),
});
const action: v.GenericSchema<unknown, FilterAction> = v.strictObject({
  addLabelIds: labelIds,
  removeLabelIds: labelIds,
  forward: text,
});

/** How a seed writes settings. */
export const seedMailSettings: v.GenericSchema<unknown, SeedMailSettings> = v.strictObject({
  sendAs: v.optional(
    v.array(
      v.strictObject({
        sendAsEmail: v.string(),
        displayName: text,
        replyToAddress: text,
        signature: text,
        isDefault: flag,
        treatAsAlias: flag,
        verificationStatus: v.optional(v.picklist(["accepted", "pending"])),
      }),
    ),
  ),
  filters: v.optional(v.array(v.strictObject({ criteria, action }))),
  forwardingAddresses: v.optional(v.array(v.string())),
  delegates: v.optional(v.array(v.string())),
  vacation: v.optional(v.record(v.string(), v.unknown())),
});

/** The settings of a mailbox with a seed's wishes. @param labelId - finds a label that a filter names */
export function createSettings(
  account: { readonly address: string; readonly name: string },
  seed: SeedMailSettings,
  labelId: (label: string) => string,
): MailSettings {
  const aliases = seed.sendAs ?? [];
  const primary = aliases.find(({ sendAsEmail }) => sendAsEmail.toLowerCase() === account.address);
  const others = aliases.filter((alias) => alias !== primary);
  const own: SendAs = {
    displayName: account.name,
    replyToAddress: "",
    signature: "",
    ...primary,
    sendAsEmail: account.address,
    isPrimary: true,
    isDefault: !others.some(({ isDefault }) => isDefault),
  };
  return {
    sendAs: [
      own,
      ...others.map((alias) => ({ treatAsAlias: true, verificationStatus: "accepted" as const, ...alias })),
    ],
    filters: (seed.filters ?? []).map(({ criteria, action }, index) => ({
      id: `ANe1Bmg${String(index + 1).padStart(8, "0")}`,
      criteria,
      action: {
        ...action,
        ...(action.addLabelIds && { addLabelIds: action.addLabelIds.map(labelId) }),
        ...(action.removeLabelIds && { removeLabelIds: action.removeLabelIds.map(labelId) }),
      },
    })),
    forwardingAddresses: (seed.forwardingAddresses ?? []).map((forwardingEmail) => ({
      forwardingEmail,
      verificationStatus: "accepted",
    })),
    delegates: (seed.delegates ?? []).map((delegateEmail) => ({ delegateEmail, verificationStatus: "accepted" })),
    vacation: { enableAutoReply: false, ...seed.vacation },
    autoForwarding: { enabled: false },
    imap: { enabled: true, autoExpunge: true, expungeBehavior: "archive", maxFolderSize: 0 },
    pop: { accessWindow: "disabled", disposition: "leaveInInbox" },
    language: { displayLanguage: "en" },
  };
}

/** Takes an address as verified, as when its reader follows the link of Google's mail. @throws RequestError `request.invalid` for one that does not wait for that */
export function confirmAddress(settings: MailSettings, address: string): void {
  const isMeant = (each: string, status: string | undefined): boolean =>
    each.toLowerCase() === address.toLowerCase() && status === "pending";
  const alias = settings.sendAs.find((each) => isMeant(each.sendAsEmail, each.verificationStatus));
  const forwarding = settings.forwardingAddresses.find((each) =>
    isMeant(each.forwardingEmail, each.verificationStatus),
  );
  if (!alias && !forwarding) {
    throw integrationError("request.invalid", {
      message: `${address} does not wait to be verified.`,
      hint: "Add it as an alias or as a forwarding address of another domain first.",
    });
  }
  const verificationStatus = "accepted";
  settings.sendAs = settings.sendAs.map((each) => (each === alias ? { ...each, verificationStatus } : each));
  settings.forwardingAddresses = settings.forwardingAddresses.map((each) =>
    each === forwarding ? { ...each, verificationStatus } : each,
  );
}
