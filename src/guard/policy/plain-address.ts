import { domainToASCII, domainToUnicode } from "node:url";

/** What makes several addresses of a text, hides a part of it or is read in more than one way. */
const ambiguous = /[\s\p{C}\p{Z}"<>()[\]\\,;:]/u;
const domainName = /^([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$/;

/**
 * An address in the form in which addresses are compared: in lower case, its domain in ASCII.
 *
 * @returns undefined for what is not one plain `name@domain`, which is never taken for a known one
 * @see https://www.rfc-editor.org/rfc/rfc5321#section-4.1.2
 */
export function plainAddress(text: string): string | undefined {
  const [local = "", host, ...more] = text.split("@");
  if (local === "" || host === undefined || more.length > 0 || ambiguous.test(local)) return undefined;
  const domain = plainDomain(host);
  return domain === undefined ? undefined : `${lowerCase(local)}@${domain}`;
}

/**
 * A domain in lower case and ASCII.
 *
 * @returns undefined for what is no domain, or is one only after parts of it were left out or replaced
 * @see https://www.rfc-editor.org/rfc/rfc5890
 */
export function plainDomain(text: string): string | undefined {
  const domain = text.normalize("NFC").toLowerCase();
  if (domainName.test(domain)) return domain;
  const ascii = domainToASCII(domain);
  // The conversion decodes percent signs, ends at slashes and drops what has no width: then it is another domain.
  return domainName.test(ascii) && domainToUnicode(ascii) === domain ? ascii : undefined;
}

/** Whether a plain domain is one of a policy's: the same, or one below `*.example.com`. */
export function isOfDomain(domain: string, permitted: string): boolean {
  return permitted.startsWith("*.") ? domain.endsWith(permitted.slice(1)) : domain === permitted;
}

/** A–Z only: some other letters, such as the Kelvin sign, become Latin ones, and then it is another person's name. */
function lowerCase(local: string): string {
  return local.replace(/[A-Z]/g, (letter) => letter.toLowerCase());
}
