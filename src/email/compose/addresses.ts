import { domainToASCII } from "node:url";
import { integrationError } from "../../core/errors.js";
import type { EmailAddress } from "../models.js";
import type { AddressInput } from "../outgoing.js";
import { eachOnce } from "../people.js";
import { requireOneLine, wrongField } from "./fields.js";

/** Reads addresses as senders and as receivers do; both must agree on everything that is sent. */
export interface AddressReader {
  /** The one address that a text is. @throws RequestError `request.invalid` naming the field */
  one(field: string, input: AddressInput): EmailAddress;
  /** Any number of them, each once; the first of two keeps its name. */
  list(field: string, input: AddressInput | readonly AddressInput[] | undefined): EmailAddress[];
  /** The addresses of a finished header, as each of the parsers reads them. */
  asRead(header: string): [string[], string[]];
}

/** Loads the parsers; needs the optional packages postal-mime and nodemailer. */
export async function loadAddressReader(): Promise<AddressReader> {
  const [{ addressParser }, { default: parseAddresses }] = await Promise.all([
    import("postal-mime"),
    import("nodemailer/lib/addressparser"),
  ]);
  const asRead = (header: string): [string[], string[]] => [
    addressParser(header, { flatten: true }).map(({ address }) => address ?? ""),
    parseAddresses(header, { flatten: true }).map(({ address }) => address),
  ];
  const one = (field: string, input: AddressInput): EmailAddress => {
    const text =
      typeof input === "string" ? requireOneLine(field, input).trim() : requireOneLine(field, input.address).trim();
    const [received, sent] = asRead(text);
    const [address, ...others] = received;
    const hasComment = /[()]/.test(text.replace(/"(?:[^"\\]|\\.)*"/g, ""));
    if (address === undefined || others.length > 0 || sent.length !== 1 || sent[0] !== address || hasComment) {
      throw notOneAddress(field, text);
    }
    if (typeof input !== "string" && address !== text) throw notOneAddress(field, text);
    const given = typeof input === "string" ? addressParser(text, { flatten: true })[0]?.name : input.name;
    const name = given === undefined ? "" : requireOneLine(`${field}'s name`, given).trim();
    return { ...(name !== "" && { name }), address: requireAddress(field, address, text) };
  };
  return {
    asRead,
    one,
    list: (field, input) => eachOnce(addressList(input).map((each) => one(field, each))),
  };
}

/** Addresses as a list, however they were given. */
export function addressList(input: AddressInput | readonly AddressInput[] = []): readonly AddressInput[] {
  return Array.isArray(input) ? (input as readonly AddressInput[]) : [input as AddressInput];
}

const localPart = /^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/i;

/**
 * An address in the form in which it travels: what could be read in more than one way is refused.
 *
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
function requireAddress(field: string, address: string, given: string): string {
  const at = address.lastIndexOf("@");
  const [local, domain] = [address.slice(0, at), address.slice(at + 1)];
  const ascii = /^[\p{ASCII}]*$/u.test(domain) ? domain : domainToASCII(domain);
  if (at > 0 && localPart.test(local) && local.length <= 64 && domainName.test(ascii)) return `${local}@${ascii}`;
  throw notOneAddress(field, given);
}

function notOneAddress(field: string, text: string): Error {
  return wrongField(
    field,
    `"${text.slice(0, 80)}" is not one address`,
    'Give each address by itself, such as ann@example.com or {"name": "Miller, Ann", "address": "ann@example.com"}.',
  );
}

/** Refuses a mail whose header would be read as other people than it was asked to be sent to. */
export function requireSameReading(
  reader: AddressReader,
  field: string,
  header: string,
  wanted: readonly string[],
): void {
  const expected = JSON.stringify(wanted);
  if (reader.asRead(header).every((read) => JSON.stringify(read) === expected)) return;
  throw integrationError("request.invalid", {
    message: `The mail's ${field} would be read as other addresses than those that were given.`,
    hint: "Leave the names out, or write them in plain letters.",
    details: { field },
  });
}
