import { eventColors } from "./colors.js";
import { isObject } from "./event-fields.js";
import { booleanOf } from "./event-parameters.js";
import { invalidField, requiredField } from "./event-refusals.js";
import { typeProperties } from "./event-types.js";
import { readBoolean, readText } from "./input-values.js";

const texts = ["summary", "description", "location"];
/** Yes-or-no fields with what they are when nobody says anything. */
const switches: Readonly<Record<string, boolean>> = {
  guestsCanModify: false,
  guestsCanInviteOthers: true,
  guestsCanSeeOtherGuests: true,
  anyoneCanAddSelf: false,
  endTimeUnspecified: false,
};
/** Fields of a few values, the first of which goes without saying. */
const choices: Readonly<Record<string, readonly string[]>> = {
  visibility: ["default", "public", "private", "confidential"],
  transparency: ["opaque", "transparent"],
};
const maxAttachments = 25;

/** All that a client can write: what it leaves out is gone after an update. Other fields of a seed's event stay. */
export const writableNames: ReadonlySet<string> = new Set([
  ...texts,
  ...Object.keys(switches),
  ...Object.keys(choices),
  ...typeProperties,
  ..."colorId eventLabelId source attachments extendedProperties start end recurrence eventType".split(" "),
  ..."conferenceData hangoutLink".split(" "),
]);

/** What a client knows of and may do. */
export interface ClientAbilities {
  /** Whether it knows attachments: if not, those it sends are passed over and those there are stay. */
  readonly attachments: boolean;
  /** Whether it knows labels, which take the place of colours. */
  readonly labels: boolean;
  /** Whether it may see and set where the event came from, as only who made it may. */
  readonly source: boolean;
}

/** What a request says of its client. @throws ApiError 400 */
export function abilitiesOf(query: URLSearchParams): Omit<ClientAbilities, "source"> {
  const labelVersion = query.get("eventLabelVersion") ?? "0";
  if (labelVersion !== "0" && labelVersion !== "1") throw invalidField("Invalid value for: eventLabelVersion");
  return {
    attachments: booleanOf(query, "supportsAttachments") ?? false,
    labels: labelVersion === "1",
  };
}

/**
 * The fields of an event that are neither times nor people, as they are kept. What goes without saying is left out, as
 * Google leaves it out.
 *
 * @throws ApiError 400
 */
export function readFields(
  body: Readonly<Record<string, unknown>>,
  existing: Readonly<Record<string, unknown>>,
  can: ClientAbilities,
): Record<string, unknown> {
  return withoutUndefined({
    ...Object.fromEntries(texts.map((name) => [name, readText(body[name], name)])),
    ...Object.fromEntries(Object.keys(switches).map((name) => [name, readSwitch(body[name], name)])),
    ...Object.fromEntries(Object.keys(choices).map((name) => [name, readChoice(body[name], name)])),
    ...readColor(body, existing, can),
    source: can.source ? readSource(body["source"]) : existing["source"],
    attachments: can.attachments ? readAttachments(body["attachments"]) : existing["attachments"],
    extendedProperties: readProperties(body["extendedProperties"]),
  });
}

function readSwitch(value: unknown, name: string): boolean | undefined {
  const wanted = readBoolean(value, name);
  return wanted === switches[name] ? undefined : wanted;
}

function readChoice(value: unknown, name: string): string | undefined {
  if (value === undefined || value === null) return undefined;
  const [usual, ...others] = choices[name] ?? [];
  if (value === usual) return undefined;
  if (typeof value !== "string" || !others.includes(value)) throw invalidField(`Invalid value for: ${name}`);
  return value;
}

/** @see https://developers.google.com/workspace/calendar/api/v3/reference/colors */
function readColor(
  body: Readonly<Record<string, unknown>>,
  existing: Readonly<Record<string, unknown>>,
  { labels }: ClientAbilities,
): { colorId?: unknown; eventLabelId?: unknown } {
  if (labels) {
    const label = body["eventLabelId"];
    return { colorId: existing["colorId"], eventLabelId: readText(label, "eventLabelId") };
  }
  const { colorId } = body;
  const kept = { eventLabelId: existing["eventLabelId"] };
  if (colorId === undefined || colorId === null || colorId === "") return kept;
  if (typeof colorId !== "string" || !Object.hasOwn(eventColors, colorId)) {
    throw invalidField("Invalid value for: colorId");
  }
  return { ...kept, colorId };
}

function readSource(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value) || typeof value["url"] !== "string" || !/^https?:\/\/\S+$/i.test(value["url"])) {
    throw invalidField("Invalid source.");
  }
  return { url: value["url"], ...(typeof value["title"] === "string" && { title: value["title"] }) };
}

function readAttachments(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (!Array.isArray(value) || value.length > maxAttachments) throw invalidField("Invalid attachments.");
  for (const each of value as unknown[]) {
    if (!isObject(each) || typeof each["fileUrl"] !== "string") throw requiredField("Missing attachment URL.");
    if (!/^https?:\/\/\S+$/i.test(each["fileUrl"])) throw invalidField("Invalid attachment URL.");
  }
  return value.length === 0 ? undefined : (value as unknown[]);
}

/** Of each kind. @see https://developers.google.com/workspace/calendar/api/guides/extended-properties */
const propertyLimits = { count: 300, bytes: 32 * 1024, key: 44, value: 1024 };

function readProperties(value: unknown): unknown {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalidField("Invalid value for: extendedProperties");
  const kinds = (["private", "shared"] as const).flatMap((kind) => {
    const properties = readPropertiesOfKind(value[kind]);
    return properties === undefined ? [] : [[kind, properties]];
  });
  return kinds.length === 0 ? undefined : Object.fromEntries(kinds);
}

function readPropertiesOfKind(value: unknown): Record<string, string> | undefined {
  if (value === undefined || value === null) return undefined;
  if (!isObject(value)) throw invalidField("Invalid value for: extendedProperties");
  // What is too long is dropped, or cut, without a word.
  const kept = Object.entries(value).flatMap(([key, text]) => {
    if (text === null || key.length > propertyLimits.key) return [];
    if (typeof text !== "string") throw invalidField("Invalid value for: extendedProperties");
    return [[key, text.slice(0, propertyLimits.value)] as const];
  });
  const sizeBytes = kept.reduce((sum, [key, text]) => sum + Buffer.byteLength(key) + Buffer.byteLength(text), 0);
  if (kept.length > propertyLimits.count || sizeBytes > propertyLimits.bytes) {
    throw invalidField("Too many extended properties.");
  }
  return kept.length === 0 ? undefined : Object.fromEntries(kept);
}

function withoutUndefined(fields: Record<string, unknown>): Record<string, unknown> {
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined));
}
