import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { errorTable, type ErrorCode } from "./error-table.js";
import {
  AuthenticationError,
  ConfigurationError,
  ConnectionError,
  integrationError,
  IntegrationError,
  isIntegrationError,
  RequestError,
  withFacts,
} from "./errors.js";
import { Secret } from "./secret.js";

const codes = Object.keys(errorTable) as ErrorCode[];

describe("integrationError", () => {
  it.each([
    ["connection.network", ConnectionError],
    ["auth.revoked", AuthenticationError],
    ["config.invalid", ConfigurationError],
    ["request.not_found", RequestError],
  ] as const)("throws %s as its family's class", (code, family) => {
    const error = integrationError(code);
    expect(error).toBeInstanceOf(family);
    expect(error).toBeInstanceOf(IntegrationError);
    expect(error.name).toBe(family.name);
  });

  it("takes meaning, hint, retryable and exit code from the table unless told better", () => {
    const plain = integrationError("auth.not_connected");
    expect(plain.message).toBe(errorTable["auth.not_connected"].meaning);
    expect(plain.hint).toBe(errorTable["auth.not_connected"].hint);
    expect(plain.retryable).toBe(false);
    expect(plain.exitCode).toBe(30);
    expect(integrationError("auth.not_connected", { hint: "Do that." }).hint).toBe("Do that.");
  });

  it("gives every code of a family an exit code of that family's range, and no two the same", () => {
    const exitCodes = codes.map((code) => errorTable[code].exitCode);
    expect(new Set(exitCodes).size).toBe(codes.length);
    const tens = { connection: [2], auth: [3], config: [4], request: [5, 6] };
    for (const code of codes) {
      const family = code.split(".")[0] as keyof typeof tens;
      expect(tens[family]).toContain(Math.floor(errorTable[code].exitCode / 10));
    }
  });

  it("shows no secret in its message, its JSON or when inspected, even when somebody put one in", () => {
    const error = integrationError("connection.network", {
      message: "POST https://x/token?code=4/0AbCdEf failed with Bearer ya29.a0AfH6SMBxyz123456",
      hint: "client_secret=GOCSPX-abcdef",
      details: { token: new Secret("canary-value") },
    });
    const shown = [error.message, JSON.stringify(error), inspect(error, { depth: 9 })].join("\n");
    for (const secret of ["4/0AbCdEf", "ya29", "GOCSPX-abcdef", "canary-value"]) expect(shown).not.toContain(secret);
  });
});

describe("withFacts", () => {
  it("adds what only the caller knows and keeps what the error says already", () => {
    const error = withFacts(integrationError("request.not_found", { service: "a", details: { id: 1 } }), {
      service: "b",
      operation: "getEmail",
    });
    expect(error.toJSON()).toMatchObject({ service: "a", operation: "getEmail", details: { id: 1 } });
  });
});

describe("isIntegrationError", () => {
  it("knows ours by code, and nothing else", () => {
    expect(isIntegrationError(integrationError("request.invalid"), "request.invalid")).toBe(true);
    expect(isIntegrationError(integrationError("request.invalid"), "request.conflict")).toBe(false);
    expect(isIntegrationError(Object.assign(new Error("x"), { code: "ENOENT" }))).toBe(false);
  });
});
