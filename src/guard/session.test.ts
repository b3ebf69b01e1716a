import { describe, expect, it } from "vitest";
import { Session, type SessionParts } from "./session.js";

describe("a session", () => {
  const session = (): Session => new Session(Object.create(null) as SessionParts);

  it("counts outside text against a plan that was read before or since, or while it was made", () => {
    const quoting = session();
    quoting.taint(); // by the plan itself
    quoting.planned("quoting", 0, 1);
    expect(quoting.taintedFor("quoting")).toBe(false);
    quoting.taint();
    expect(quoting.taintedFor("quoting")).toBe(true);

    const meanwhile = session();
    meanwhile.taint(); // by a read beside it
    meanwhile.planned("plan", 0, 0);
    expect(meanwhile.taintedFor("plan")).toBe(true);
  });

  it("forgets the oldest of questions and plans without end, which then count as tainted", () => {
    const long = session();
    const [first = "", ...others] = Array.from({ length: 1001 }, () => long.ask("plan"));
    expect(long.takeQuestion(first)).toBeUndefined();
    expect(long.takeQuestion(others.at(-1) ?? "")).toBe("plan");
    for (let plan = 0; plan <= 1000; plan += 1) long.planned(`plan ${plan}`, 0, 0);
    expect([long.taintedFor("plan 0"), long.taintedFor("plan 1000")]).toEqual([true, false]);
  });
});
