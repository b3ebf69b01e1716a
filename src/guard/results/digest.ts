/** Plain data that this package vouches for: ids, numbers, times, and words of its own. */
export type Fact = string | number | boolean | readonly Fact[] | { readonly [name: string]: Fact };

/** Facts by name. */
export type Facts = Readonly<Record<string, Fact>>;

/** Text that somebody else wrote: data, whatever it says. */
export interface OutsideText {
  /** Short pieces by name, such as `from` and `subject`, each of one line. */
  readonly lines: Readonly<Record<string, string>>;
  /** A long text, which may be given in pieces. */
  readonly text?: string;
  /** What was folded away of it, and can be asked for: earlier mails that it quotes, a signature. */
  readonly folded?: readonly { readonly what: string; readonly text: string }[];
  /** How many pieces no reader would have seen, which were taken out. */
  readonly hidden?: number;
}

/** One mail, event or whatever else a result is made of. */
export interface Item {
  readonly facts: Facts;
  readonly untrusted?: OutsideText;
}

/** A list of a result. */
export interface ItemList {
  /** Its field in the result, such as `emails`. */
  readonly name: string;
  /** What to call several of them: `mails`. */
  readonly what: string;
  /** In the order of their importance: what does not fit is left out from the end. */
  readonly items: readonly Item[];
  /** The service's cursor for those after them. */
  readonly next?: string;
}

/** A result as an assistant reads it: what is worth its place, with outside text apart from facts. */
export interface Digest {
  /** What there is to say besides the lists. */
  readonly own: Item;
  readonly lists: readonly ItemList[];
}

/** What of a result was left out, and how it goes on. */
export interface Remainder {
  /** Such as `14 more mails`, `2,310 more characters of text`, `quoted earlier mails, 5,120 characters`. */
  readonly what: string;
  readonly rest: { readonly digest: Digest } | { readonly next: string };
}
