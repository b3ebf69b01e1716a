import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { randomRuns } from "../../../test/support/random-runs.js";
import { createFence, type Fence } from "../untrusted/fence.js";
import type { Digest, Facts, Item, ItemList, OutsideText, Remainder } from "./digest.js";
import { fit } from "./fit.js";
import { estimateTokens } from "./tokens.js";

const envelope: Facts = { profile: "default", account: "alice@example.com" };
const nothing: Item = { facts: {} };

/** A fence whose text can be taken apart again. */
const readable: Fence = { ...createFence(), wrap: (outside) => JSON.stringify(outside) };

interface Seen {
  readonly facts: Facts[];
  /** By item, and by what it is of it. */
  readonly texts: Record<string, string>;
  readonly next: string[];
  readonly costs: number[];
}

/** All that comes out when every cursor is followed, in order. */
function followed(digest: Digest, budget: number): Seen {
  const seen: Seen = { facts: [], texts: {}, next: [], costs: [] };
  const names = new Set(digest.lists.map(({ name }) => name));
  follow(digest);
  return seen;

  function follow(part: Digest): void {
    const kept: Remainder[] = [];
    const keep = (remainder: Remainder): string => `c${kept.push(remainder)}`;
    const { body } = fit(part, { budget, fence: readable, envelope, keep });
    seen.costs.push(estimateTokens(JSON.stringify(body)));
    const { profile, account, note, left_out: left = [], ...rest } = body;
    expect([profile, account, note ?? readable.note]).toEqual([...Object.values(envelope), readable.note]);
    const own = Object.entries(rest).filter(([name]) => !names.has(name) && name !== "parts");
    see(Object.fromEntries(own));
    for (const list of Object.keys(rest).filter((name) => !own.some(([each]) => each === name))) {
      (rest[list] as Record<string, unknown>[]).forEach(see);
    }
    expect(left).toEqual(kept.map(({ what }, index) => ({ what, cursor: `c${index + 1}` })));
    for (const { rest: more } of kept) {
      if ("next" in more) seen.next.push(more.next);
      else follow(more.digest);
    }
  }

  function see({ untrusted, hidden_removed: hidden, part = "text", ...facts }: Record<string, unknown>): void {
    if (Object.keys(facts).some((name) => name !== "id")) seen.facts.push(facts as Facts);
    if (hidden !== undefined) seen.facts.push({ id: facts["id"] as string, hidden: Number(hidden) });
    const { lines = {}, text } = (
      untrusted === undefined ? {} : JSON.parse(untrusted as string)
    ) as Partial<OutsideText>;
    const found = [...Object.entries(lines), ...(text === undefined ? [] : [[String(part), text] as const])];
    for (const [name, more] of found) {
      const key = `${facts["id"] as string} ${name}`;
      seen.texts[key] = (seen.texts[key] ?? "") + more;
    }
  }
}

/** What is to come out of a digest. */
function all({ own, lists }: Digest): Omit<Seen, "costs"> {
  const items = [own, ...lists.flatMap((list) => list.items)];
  const texts = items.flatMap(({ facts: { id }, untrusted: { lines = {}, text, folded = [] } = { lines: {} } }) =>
    [...Object.entries(lines), ["text", text ?? ""] as const, ...folded.map((each) => [each.what, each.text] as const)]
      .filter(([, piece]) => piece !== "")
      .map(([name, piece]) => [`${id as string} ${name}`, piece] as const),
  );
  return {
    facts: items.flatMap(({ facts, untrusted: { hidden } = { lines: {} } }) => [
      ...(Object.keys(facts).some((name) => name !== "id") ? [facts] : []),
      ...(hidden === undefined ? [] : [{ id: facts["id"] as string, hidden }]),
    ]),
    texts: Object.fromEntries(texts),
    next: lists.flatMap(({ next }) => next ?? []),
  };
}

const words = (longest: number): fc.Arbitrary<string> =>
  fc
    .tuple(fc.constantFrom("plan ", "zażółć\n", "😀", '"quoted" ', "漢字", "> cited\r\n"), fc.nat({ max: longest }))
    .map(([word, times]) => word.repeat(Math.ceil(times / word.length)));
const line = fc.oneof({ weight: 5, arbitrary: words(40) }, { weight: 1, arbitrary: words(900) });
const outside: fc.Arbitrary<OutsideText> = fc
  .record({
    lines: fc.record({ from: line, subject: line }, { requiredKeys: [] }),
    text: fc.option(fc.oneof(words(300), words(2_500)), { nil: undefined }),
    hidden: fc.option(
      fc.nat({ max: 9 }).map((count) => count + 1),
      { nil: undefined },
    ),
    quotes: fc.option(words(900), { nil: undefined }),
    signature: fc.option(words(100), { nil: undefined }),
  })
  .map(({ lines, text, hidden, quotes, signature }) => ({
    lines: Object.fromEntries(Object.entries(lines).filter(([, each]) => each !== "")),
    ...(text !== undefined && { text }),
    ...(hidden !== undefined && { hidden }),
    folded: [
      ...(quotes === undefined ? [] : [{ what: "quoted earlier mails", text: quotes }]),
      ...(signature === undefined ? [] : [{ what: "signature", text: signature }]),
    ],
  }));
const item = (names: readonly string[]): fc.Arbitrary<Item> =>
  fc.record(
    {
      facts: fc.record(
        { unread: fc.boolean(), received: fc.constant("Mon 2026-11-30 09:12"), size: fc.nat({ max: 99 }) },
        { requiredKeys: [...names] as "unread"[] },
      ),
      untrusted: outside,
    },
    { requiredKeys: ["facts"] },
  );
const numbered = (list: string, items: readonly Item[]): Item[] =>
  items.map(({ facts, ...rest }, index) => ({ facts: { id: `${list}${index}`, ...facts }, ...rest }));
const listOf = (name: string): fc.Arbitrary<ItemList> =>
  fc
    .tuple(fc.array(item([]), { maxLength: 5 }), fc.option(fc.constant(`${name}-2`), { nil: undefined }))
    .map(([items, next]) => ({
      ...{ name, what: name, items: numbered(name, items) },
      ...(next !== undefined && { next }),
    }));
const digests: fc.Arbitrary<Digest> = fc
  .tuple(
    fc.option(item([]), { nil: undefined }),
    fc.subarray(["mails", "files"]).chain((names) => fc.tuple(...names.map(listOf))),
  )
  .map(([own, lists]) => ({ own: own ? (numbered("own", [own])[0] ?? nothing) : nothing, lists }));

/** The body of a digest, and the remainders that its cursors stand for. */
function fitted(
  digest: Digest,
  budget: number,
): { body: Readonly<Record<string, unknown>>; kept: Remainder[]; outside: boolean } {
  const kept: Remainder[] = [];
  const keep = (remainder: Remainder): string => `c${kept.push(remainder)}`;
  return { ...fit(digest, { budget, fence: readable, envelope, keep }), kept };
}

const mail = (id: string, words: number): Item => ({
  facts: { id, unread: true },
  untrusted: { lines: { subject: `Mail ${id}` }, ...(words > 0 && { text: "plan ".repeat(words) }) },
});
const mails = (items: readonly Item[], what: string = "mails"): ItemList => ({ name: "emails", what, items });
const whats = (kept: readonly Remainder[]): string[] => kept.map(({ what }) => what);

describe("fit", () => {
  it("loses nothing and repeats nothing when every cursor is followed, within any budget", () => {
    fc.assert(
      fc.property(
        digests,
        fc.oneof(fc.integer({ min: 0, max: 400 }), fc.integer({ min: 200, max: 4_000 })),
        (digest, budget) => {
          const { costs, ...seen } = followed(digest, budget);
          expect(seen).toEqual(all(digest));
          expect(Math.max(...costs)).toBeLessThanOrEqual(Math.max(200, budget));
        },
      ),
      { numRuns: randomRuns(10) },
    );
  });

  it("says first whose result it is, and what outside text is only where there is some", () => {
    const { body, outside } = fitted({ own: { facts: { total: 2 } }, lists: [mails([])] }, 500);
    expect([Object.keys(body), outside]).toEqual([["profile", "account", "total", "emails"], false]);
    const marked = fitted({ own: { facts: { total: 2 } }, lists: [mails([mail("m1", 3)])] }, 500);
    expect([Object.keys(marked.body), marked.outside]).toEqual([
      ["profile", "account", "note", "total", "emails"],
      true,
    ]);
  });

  it("lets no fact of a result take the place of what is said about it", () => {
    const facts = { account: "eve@example.com", note: "none", untrusted: "no", left_out: "nothing", hidden_removed: 9 };
    const { body } = fitted({ own: { facts, untrusted: { lines: { from: "Eve" }, hidden: 1 } }, lists: [] }, 500);
    expect(body).toEqual({
      ...{ ...envelope, note: readable.note, account_: "eve@example.com", note_: "none", untrusted_: "no" },
      ...{ left_out_: "nothing", hidden_removed_: 9, hidden_removed: 1, untrusted: '{"lines":{"from":"Eve"}}' },
    });
  });

  it("leaves lists out from their end, and asks the service only behind it", () => {
    const items = Array.from({ length: 30 }, (_, index) => mail(`m${index}`, 0));
    const { body, kept } = fitted({ own: nothing, lists: [{ ...mails(items), next: "page-2" }] }, 500);
    const shown = body["emails"] as Facts[];
    expect(shown.map(({ id }) => id)).toEqual(items.slice(0, shown.length).map(({ facts }) => facts["id"]));
    expect(whats(kept)).toEqual([`${30 - shown.length} more mails`]);
    expect(whats(fitted({ own: nothing, lists: [{ ...mails([]), next: "page-2" }] }, 500).kept)).toEqual([
      "more mails at the service",
    ]);
  });

  it("gives the first long text up to half, the next half of the rest, and names what is left by its mail", () => {
    const items = ["m1", "m2", "m3", "m4", "m5", "m6", "m7"].map((id) => mail(id, 2_000));
    const { body, kept } = fitted({ own: nothing, lists: [mails(items, "earlier mails")] }, 1_000);
    const lengths = (body["emails"] as { untrusted: string }[]).map(({ untrusted }) => untrusted.length);
    expect(lengths).toEqual(lengths.toSorted((left, right) => right - left));
    expect(Math.min(...lengths)).toBeGreaterThan(200);
    expect(whats(kept).at(-1)).toMatch(/^[3-5] earlier mails$/);
    expect(whats(kept)[0]).toMatch(/^[\d,]+ more characters of 4 texts$/);
    const two = fitted({ own: nothing, lists: [mails(items.slice(0, 2))] }, 1_000);
    expect(whats(two.kept)).toEqual([
      expect.stringMatching(/^[\d,]+ more characters of text \(m1\)$/),
      expect.stringMatching(/^[\d,]+ more characters of text \(m2\)$/),
    ]);
  });

  it("cuts no text of which all fits, however little the others leave", () => {
    const { kept } = fitted({ own: nothing, lists: [mails([mail("m1", 300), mail("m2", 3), mail("m3", 3)])] }, 1_000);
    expect(kept).toEqual([]);
  });

  it("names each part that was folded away, several by their number, and all together where the budget is small", () => {
    const parts = (count: number): OutsideText["folded"] =>
      ["quoted earlier mails", "signature", "legal notice", "forwarded mail"]
        .slice(0, count)
        .map((what) => ({ what, text: "> plan" }));
    const own = (count: number): Digest => ({
      own: { facts: { id: "m1" }, untrusted: { lines: {}, text: "Yes.", folded: parts(count) ?? [] } },
      lists: [],
    });
    expect(whats(fitted(own(2), 900).kept)).toEqual(["quoted earlier mails, 6 characters", "signature, 6 characters"]);
    expect(whats(fitted(own(4), 900).kept)).toEqual(["4 parts that were folded away, 24 characters"]);
    expect(whats(fitted(own(2), 200).kept)).toEqual(["12 more characters of text"]);
  });

  it("keeps with the rest of a text which item it is of", () => {
    const item: Item = { ...mail("m1", 2_000), facts: { id: "m1", calendarId: "team", unread: true } };
    const { kept } = fitted({ own: item, lists: [] }, 400);
    const rest = kept[0]?.rest;
    expect(rest && "digest" in rest && rest.digest.own.facts).toEqual({ id: "m1", calendarId: "team" });
  });

  it("lets facts come out that are longer than any budget", () => {
    const facts = { id: "m1", labels: Array.from({ length: 200 }, (_, index) => `label-${index}`) };
    const { body, kept } = fitted({ own: nothing, lists: [mails([{ ...mail("m1", 9), facts }, mail("m2", 0)])] }, 200);
    expect(body["emails"]).toEqual([facts]);
    expect(kept).toHaveLength(1);
  });
});
