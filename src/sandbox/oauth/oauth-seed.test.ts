import { describe, expect, it } from "vitest";
import { checkSeed } from "../seed.js";

const client = { clientId: "one", clientSecret: "s", type: "web" };
const account = { clientEmail: "robot@example.com" };

describe("a seed's part about sign-in", () => {
  it.each([
    ["a client id that is there twice", { clients: [client, client] }, "clients.1.clientId", /"one" is there twice/],
    ["a client's unknown project", { clients: [{ ...client, project: "x" }] }, "clients.0.project", /no project "x"/],
    ["a project that is there twice", { projects: [{ id: "a" }, { id: "a" }] }, "projects.1.id", /twice/],
    ["no project at all", { projects: [] }, "projects", /length/],
    ["an unknown setting", { oauth: { accessTokenMinutes: 5 } }, "oauth.accessTokenMinutes", /accessTokenMinutes/],
    ["a limit of nothing", { oauth: { refreshTokenLimit: 0 } }, "oauth.refreshTokenLimit", />=1/],
    [
      "an account that is there twice",
      { serviceAccounts: [account, account] },
      "serviceAccounts.1.clientEmail",
      /there twice/,
    ],
    [
      "a key that is none",
      { serviceAccounts: [{ ...account, privateKey: "x" }] },
      "serviceAccounts.0.privateKey",
      /no RSA private key/,
    ],
    [
      "a scope that does not exist",
      { serviceAccounts: [{ ...account, delegatedScopes: ["mail"] }] },
      "serviceAccounts.0.delegatedScopes.0",
      /no scope/,
    ],
  ])("is refused for %s", (_, part, path, message) => {
    let error: unknown;
    try {
      checkSeed({ users: [], ...part });
    } catch (thrown) {
      error = thrown;
    }
    expect(error).toMatchObject({
      code: "config.invalid",
      details: { path },
      message: expect.stringMatching(message) as string,
    });
  });
});
