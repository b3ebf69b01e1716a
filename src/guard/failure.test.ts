import { describe, expect, it } from "vitest";
import { integrationError } from "../core/errors.js";
import { failure } from "./failure.js";
import { Session, type SessionParts } from "./session.js";

describe("what an assistant is told of a failure", () => {
  it("is this package's own word when the network is down, with what to do, and is no text that others wrote", () => {
    const session = new Session(Object.create(null) as SessionParts);
    session.planned("plan", 0, 0);
    const told = (code: "connection.network" | "connection.unavailable"): string => {
      const error = integrationError(code, { message: "gmail.googleapis.com said so.", service: "google_gmail" });
      const result = failure(session, error, undefined);
      return result.kind === "result" ? result.text : "";
    };
    expect(JSON.parse(told("connection.network"))).toEqual({
      error: {
        ...{ code: "connection.network", retryable: true, message: "gmail.googleapis.com said so." },
        hint: expect.stringContaining("network") as string,
      },
    });
    expect(session.taintedFor("plan")).toBe(false);
    expect(told("connection.unavailable")).toContain('"untrusted":');
    expect(session.taintedFor("plan")).toBe(true);
  });
});
