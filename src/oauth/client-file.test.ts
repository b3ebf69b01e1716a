import { inspect } from "node:util";
import { describe, expect, it } from "vitest";
import { parseClientFile } from "./client-file.js";

const endpoints = {
  issuer: "https://id.example",
  authorization: "https://id.example/authorize",
  authorizationAliases: ["https://id.example/old/authorize"],
  token: "https://id.example/token",
  revocation: "https://id.example/revoke",
};
const section = {
  client_id: "ours",
  client_secret: "GOCSPX-canary",
  auth_uri: endpoints.authorization,
  token_uri: endpoints.token,
  redirect_uris: ["http://localhost"],
};
const parse = (content: unknown, allowWeb = false) =>
  parseClientFile(typeof content === "string" ? content : JSON.stringify(content), {
    file: "/home/ann/client.json",
    endpoints,
    allowWeb,
  });
const without = (name: keyof typeof section): object => ({ installed: { ...section, [name]: undefined } });
const failure = (content: unknown): unknown => {
  try {
    return parse(content);
  } catch (error) {
    return error;
  }
};

describe("parseClientFile", () => {
  it("reads a desktop client, and keeps its secret to itself", () => {
    const client = parse({ installed: { ...section, auth_uri: endpoints.authorizationAliases[0], project_id: "p" } });
    expect(client).toMatchObject({ clientId: "ours", type: "installed", redirectUris: ["http://localhost"] });
    expect(client.clientSecret?.reveal()).toBe("GOCSPX-canary");
    expect(inspect(client, { depth: 9 }) + JSON.stringify(client)).not.toContain("canary");
  });

  it("reads a file that begins with a byte order mark", () => {
    expect(parse(`\ufeff${JSON.stringify({ installed: section })}`)).toMatchObject({ clientId: "ours" });
  });

  it("tells the address of a sandbox by its other name from one that leads elsewhere", () => {
    const own = { ...endpoints, authorization: "http://localhost:4600/auth", token: "http://localhost:4600/token" };
    const other = { auth_uri: "http://127.0.0.1:4600/auth", token_uri: "http://127.0.0.1:4600/token" };
    const content = JSON.stringify({ installed: { ...section, ...other } });
    const options = { file: "client.json", endpoints: { ...own, authorizationAliases: [] }, allowWeb: false };
    expect(() => parseClientFile(content, options)).toThrow(
      expect.objectContaining({
        code: "config.untrusted_endpoint",
        hint: expect.stringContaining("http://127.0.0.1:4600") as string,
      }),
    );
  });

  it("reads a web client only for those who have a web server", () => {
    expect(parse({ web: section }, true)).toMatchObject({ type: "web" });
    expect(failure({ web: section })).toMatchObject({
      code: "config.invalid_file",
      hint: expect.stringContaining("Desktop app") as string,
    });
  });

  it.each([
    ["nothing", ""],
    ["half a file", JSON.stringify({ installed: section }).slice(0, 60)],
    ["no object", "7"],
    ["neither kind of client", { type: "service_account" }],
    ["no client id", without("client_id")],
    ["no client secret", without("client_secret")],
    ["no auth_uri", without("auth_uri")],
    ["no token_uri", without("token_uri")],
    ["an empty client id", { installed: { ...section, client_id: "" } }],
    ["a number as client id", { installed: { ...section, client_id: 7 } }],
  ])("refuses %s, naming the file and what to do", (_, content) => {
    const error = failure(content);
    expect(error).toMatchObject({
      code: "config.invalid_file",
      message: expect.stringContaining("/home/ann/client.json") as string,
      hint: expect.stringContaining("Download") as string,
    });
    expect(inspect(error, { depth: 9 })).not.toContain("canary");
  });

  it.each([
    ["auth_uri", "https://id.example.evil.example/authorize"],
    ["token_uri", "https://evil.example/token"],
    ["token_uri", "http://id.example/token"],
  ])("trusts no %s but the service's own: %s", (field, address) => {
    expect(failure({ installed: { ...section, [field]: address } })).toMatchObject({
      code: "config.untrusted_endpoint",
      details: { field },
    });
  });
});
