import { operations } from "../../operations/index.js";
import type { InputField } from "../../operations/input-fields.js";
import { knownFields } from "../../operations/known-fields.js";
import { toolNames, type OperationEntry, type OperationKind, type ToolName } from "../../operations/operation.js";

/** A profile and what an assistant may do as it. */
export interface PermittedProfile {
  readonly profile: string;
  /** The services of each kind that it is signed in to; with none of a kind it does nothing of that kind. */
  readonly services: Readonly<Record<OperationKind, readonly string[]>>;
  /** Whether policy, scopes and capabilities let it do that. */
  permits(entry: OperationEntry): boolean;
}

/** What tools are made for. */
export interface ToolsetOptions {
  readonly permitted: readonly PermittedProfile[];
  /** Whether there is a folder that files are saved into and sent from. Without it no field takes a path. */
  readonly files: boolean;
}

/** An operation as an action of a tool. */
export interface ToolAction {
  /** The operation's name without its kind: `draft.create`. */
  readonly name: string;
  readonly entry: OperationEntry;
  /** The fields of its input that an assistant gives. */
  readonly fields: readonly InputField[];
}

/** A tool with all that it does for at least one profile. */
export interface PermittedTool {
  readonly name: ToolName;
  readonly kind: OperationKind;
  readonly profiles: readonly PermittedProfile[];
  readonly actions: readonly ToolAction[];
}

/** Every tool that can do anything, in the order of `toolNames`. */
export function permittedTools(options: ToolsetOptions): PermittedTool[] {
  return toolNames.map((name) => permittedTool(name, options)).filter((tool) => tool !== undefined);
}

/** A tool, if it can do anything. */
export function permittedTool(name: ToolName, { permitted, files }: ToolsetOptions): PermittedTool | undefined {
  const entries = operations.filter(
    (entry) => entry.tool === name && permitted.some((profile) => mayDo(profile, entry)),
  );
  const [first] = entries;
  if (!first) return undefined;
  const profiles = permitted.filter((profile) => entries.some((entry) => mayDo(profile, entry)));
  const actions = entries.map((entry) => {
    const fields = knownFields(entry).filter((field) => isAssistants(field, files));
    return { name: actionName(entry), entry, fields };
  });
  return { name, kind: first.kind, profiles, actions };
}

/** Whether a profile may do that, and has a service for it. */
export function mayDo(profile: PermittedProfile, entry: OperationEntry): boolean {
  return profile.services[entry.kind].length > 0 && profile.permits(entry);
}

/** Whether a profile may do anything that changes something. */
export function mayWrite(profile: PermittedProfile): boolean {
  return operations.some((entry) => entry.effect !== "read" && mayDo(profile, entry));
}

/** Whether somebody has to say which service of a profile is meant. */
export function hasChoiceOfService({ profiles, kind }: PermittedTool): boolean {
  return profiles.some(({ services }) => services[kind].length > 1);
}

/** What an operation is called within its tool. */
export function actionName({ name, kind }: Pick<OperationEntry, "name" | "kind">): string {
  return name.slice(kind.length + 1);
}

/** A key against doing something twice is the guard's to set. */
function isAssistants({ name, holds }: InputField, files: boolean): boolean {
  return name !== "idempotencyKey" && (files || holds === undefined);
}
