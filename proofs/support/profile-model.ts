/** One sign-in of a person, and the profiles that use it. */
export class Grant {
  readonly person: string;
  /** The profile that it is stored for. */
  holder: string;

  constructor(person: string, holder: string) {
    this.person = person;
    this.holder = holder;
  }
}

/** What profiles there must be, and whose each is: what a credential manager promises, written down once more. */
export class ProfileModel {
  /** By `service/name`. */
  readonly grants: Map<string, Grant> = new Map();
  /** Which sign-in each token was given for. */
  readonly #tokens = new Map<string, Grant>();

  /** Whether a person may sign in: a profile stays with whom it was linked to. */
  mayLink(profiles: readonly string[], person: string): boolean {
    return profiles.every((profile) => (this.grants.get(profile)?.person ?? person) === person);
  }

  /** A person has signed in for the first profile; the others share that. */
  link([own = "", ...others]: readonly string[], person: string): void {
    const grant = new Grant(person, own);
    const before = this.grants.get(own);
    if (before?.holder === own) this.#follow(before, grant);
    this.grants.set(own, grant);
    for (const other of others) {
      const theirs = this.grants.get(other);
      if (theirs?.holder === other) this.#follow(theirs, grant);
      this.grants.set(other, grant);
    }
  }

  unlink(profile: string): void {
    this.grants.delete(profile);
  }

  rename(profile: string, newName: string): void {
    const grant = this.grants.get(profile);
    if (!grant) return;
    this.grants.delete(profile);
    this.grants.set(newName, grant);
    if (grant.holder === profile) grant.holder = newName;
  }

  /** All profiles that share the sign-in of one. */
  sharing(profile: string): string[] {
    const grant = this.grants.get(profile);
    return [...this.grants].flatMap(([name, each]) => (each === grant ? [name] : []));
  }

  /** Whether a token belongs to a profile. @param personOf - asks the service whose a token is that was never seen */
  async owns(profile: string, token: string, personOf: (token: string) => Promise<string>): Promise<boolean> {
    const grant = this.grants.get(profile);
    if (!grant) return false;
    const known = this.#tokens.get(token);
    if (known) return known === grant;
    this.#tokens.set(token, grant);
    return (await personOf(token)) === grant.person;
  }

  #follow(from: Grant, to: Grant): void {
    for (const [name, each] of this.grants) if (each === from) this.grants.set(name, to);
  }
}
