import type { Groups } from "./groups.js";

/** What somebody may do with a calendar, from least to most. @see https://developers.google.com/workspace/calendar/api/v3/reference/acl */
export const accessRoles = [
  "none",
  "freeBusyReader",
  "reader",
  "writerWithoutPrivateAccess",
  "writer",
  "owner",
] as const;

/** What somebody may do with a calendar. */
export type AccessRole = (typeof accessRoles)[number];

/** Whom a rule is about. */
export type RuleScope =
  { readonly type: "default" } | { readonly type: "user" | "group" | "domain"; readonly value: string };

/** Who may what with a calendar. A rule that was taken back has the role `none`, as Google shows it. */
export interface AccessRule {
  /** Such as `user:bob@example.com`. */
  readonly id: string;
  readonly scope: RuleScope;
  readonly role: AccessRole;
  /** When it was changed, as a growing number. */
  readonly change: number;
}

/** Whether a role allows what another allows. */
export function isAtLeast(role: AccessRole, wanted: AccessRole): boolean {
  return accessRoles.indexOf(role) >= accessRoles.indexOf(wanted);
}

/** The id of the rule about somebody. */
export function ruleIdOf(scope: RuleScope): string {
  return scope.type === "default" ? "default" : `${scope.type}:${scope.value.toLowerCase()}`;
}

/** The rules of one calendar. */
export class AccessRules {
  readonly #groups: Groups;
  readonly #byId = new Map<string, AccessRule>();

  constructor(groups: Groups) {
    this.#groups = groups;
  }

  /** All that there ever were, in the order in which they came. */
  get all(): AccessRule[] {
    return [...this.#byId.values()];
  }

  find(id: string): AccessRule | undefined {
    return this.#byId.get(id);
  }

  set(scope: RuleScope, role: AccessRole, change: number): AccessRule {
    const id = ruleIdOf(scope);
    const written: RuleScope = scope.type === "default" ? scope : { ...scope, value: scope.value.toLowerCase() };
    const rule = { id, scope: written, role, change };
    this.#byId.set(id, rule);
    return rule;
  }

  /** The most that any rule gives to a person. Unsure(google): whether `none` for a person outweighs the domain's rule. */
  roleOf(address: string): AccessRole {
    let most: AccessRole = "none";
    for (const { scope, role } of this.#byId.values()) {
      if (!isAtLeast(most, role) && this.#isAbout(scope, address)) most = role;
    }
    return most;
  }

  #isAbout(scope: RuleScope, address: string): boolean {
    if (scope.type === "default") return true;
    if (scope.type === "user") return scope.value === address;
    if (scope.type === "domain") return address.endsWith(`@${scope.value}`);
    return this.#groups.get(scope.value)?.includes(address) ?? false;
  }
}
