import { describe, expect, it } from "vitest";
import { duplicateFrom, similarity, type Likeness } from "./similarity.js";

const hourMs = 3_600_000;
const event = (title: string, more: Partial<Likeness> = {}): Likeness => ({ title, people: [], startMs: 0, ...more });

describe("similarity", () => {
  it.each<[string, Likeness, Likeness]>([
    ["the same", event("Review"), event("Review")],
    ["the same but for capitals, accents, spaces and signs", event("  Revue d'été!"), event("revue d’ete")],
    ["the words in another order", event("Budget review"), event("Review: budget")],
    ["the same title six hours later", event("Review"), event("Review", { startMs: 6 * hourMs })],
    [
      "the same title and people at another time of the day",
      event("1:1", { people: ["Bob@x.example"] }),
      event("1:1", { people: ["bob@x.example"], startMs: 20 * hourMs }),
    ],
    ["the same title without its guests", event("Lunch", { people: ["bob@x.example"] }), event("Lunch")],
    [
      "a title with one word more among many, and the same people",
      event("Budget review with the whole team", { people: ["bob@x.example"] }),
      event("Budget review with the team", { people: ["bob@x.example"] }),
    ],
    ["the same in a script without spaces", event("予算会議"), event("予算 会議")],
  ])("calls a duplicate: %s", (_, a, b) => {
    expect(similarity(a, b)).toBeGreaterThanOrEqual(duplicateFrom);
    expect(similarity(b, a)).toBe(similarity(a, b));
  });

  it.each<[string, Likeness, Likeness]>([
    ["another title at the same time", event("Coffee with Bob"), event("Coffee with Carol")],
    ["a title of which half is other words", event("Review"), event("Review of the budget")],
    [
      "one of several talks with the same title",
      event("1:1", { people: ["bob@x.example"] }),
      event("1:1", { people: ["carol@x.example"], startMs: hourMs }),
    ],
    ["no title on either", event(""), event("")],
    ["only signs", event("!!!"), event("!!!")],
  ])("does not call a duplicate: %s", (_, a, b) => {
    expect(similarity(a, b)).toBeLessThan(duplicateFrom);
  });

  it("is 1 for the same and falls with the distance in time to what the title says", () => {
    const other = (hours: number): number => similarity(event("Review"), event("Review", { startMs: hours * hourMs }));
    expect([0, 6, 12, 24, 48].map(other)).toEqual([1, 0.94, 0.88, 0.75, 0.75]);
  });
});
