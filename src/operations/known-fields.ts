import { calendarFields } from "./calendar/field-table.js";
import { emailFields } from "./email/field-table.js";
import type { InputField } from "./input-fields.js";
import type { OperationEntry } from "./operation.js";

/** The fields of an operation's input as `inputFields` reads them from its schema, which is not loaded for that. */
export function knownFields({ name, kind }: OperationEntry): readonly InputField[] {
  return { email: emailFields, calendar: calendarFields }[kind][name] ?? [];
}
