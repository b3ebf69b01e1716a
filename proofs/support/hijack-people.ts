/** Whose assistant it is, at work and at home. */
export const alice = "alice@example.com";
export const anna = "anna@home.example";
/** Whom the policy names: by their domain, and by the address. */
export const bob = "bob@example.com";
export const carol = "carol@example.com";
export const dana = "dana@partner.example";
/** Whom it does not name; they have accounts, so that what reaches them can be seen. */
export const mallory = "mallory@evil.example";
export const outsiders: readonly [string, string, string, string] = [
  mallory,
  "drop@collect.example",
  "eve@example.com.evil.example",
  "rita@client.example",
];

/** A calendar that the policy names, and one that it does not: outsiders read it. */
export const teamCalendar = "team@group.calendar.google.com";
export const openCalendar = "open@group.calendar.google.com";

/** Whether the policy of these worlds trusts an address: written down here once more, and more narrowly than it could be. */
export function isPermitted(address: string): boolean {
  const plain = address.toLowerCase();
  return plain === dana || /^[a-z0-9._+-]+@example\.com$/.test(plain);
}
