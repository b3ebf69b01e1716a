import { movedClock, type MovedClock } from "./moved-clock.js";
import {
  createGoogleSandbox,
  type ConsentAnswer,
  type GoogleSandbox,
  type SandboxSeed,
} from "../../src/sandbox/index.js";

/** An answer of an OAuth endpoint. */
export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** A sandbox with Alice and Bob, and a client that speaks plain HTTP to it. */
export interface OAuthScene extends AsyncDisposable {
  readonly sandbox: GoogleSandbox;
  readonly clock: MovedClock;
  /** Of the desktop client, for offline access to Gmail with a new consent, unless told otherwise. */
  authorizationUrl(parameters?: Record<string, string>): string;
  /** Consents and exchanges the code. */
  signIn(parameters?: Record<string, string>, answer?: Partial<ConsentAnswer>): Promise<Answer["json"]>;
  token(parameters: Record<string, string>): Promise<Answer>;
  refresh(refreshToken: unknown, parameters?: Record<string, string>): Promise<Answer>;
  post(path: string, parameters: Record<string, string>): Promise<Answer>;
  get(path: string, accessToken?: unknown): Promise<Answer>;
  /** Whether an access token is still good for anything. */
  isGood(accessToken: unknown): Promise<boolean>;
}

export const alice = "alice@example.com";
export const readonly = "https://www.googleapis.com/auth/gmail.readonly";
export const events = "https://www.googleapis.com/auth/calendar.events";
export const redirectUri = "http://127.0.0.1:5555/callback";
export const dayMs: number = 24 * 60 * 60 * 1000;

/** @param seed - what the sandbox has beside its two people */
export async function openOAuthScene(seed: Partial<SandboxSeed> = {}): Promise<OAuthScene> {
  const clock = movedClock(Date.now());
  const users = [{ email: alice, name: "Alice Moreau" }, { email: "bob@example.com" }];
  const sandbox = await createGoogleSandbox({ seed: { users, ...seed }, clock });
  const { client_id, client_secret } = sandbox.clientFile()["installed"] as Record<
    "client_id" | "client_secret",
    string
  >;
  const read = async (response: Response): Promise<Answer> => ({
    status: response.status,
    json: (await response.json()) as Answer["json"],
  });
  const post: OAuthScene["post"] = async (path, parameters) =>
    read(await fetch(sandbox.url + path, { method: "POST", body: new URLSearchParams(parameters) }));
  const get: OAuthScene["get"] = async (path, accessToken) =>
    read(await fetch(sandbox.url + path, { headers: { authorization: `Bearer ${String(accessToken)}` } }));
  const token: OAuthScene["token"] = (parameters) => post("/token", { client_id, client_secret, ...parameters });
  const authorizationUrl: OAuthScene["authorizationUrl"] = (parameters = {}) => {
    const url = new URL("/o/oauth2/v2/auth", sandbox.url);
    const usual = { client_id, redirect_uri: redirectUri, response_type: "code", scope: readonly };
    const all = { ...usual, access_type: "offline", prompt: "consent", ...parameters };
    url.search = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== "")).toString();
    return url.href;
  };
  return {
    sandbox,
    clock,
    authorizationUrl,
    async signIn(parameters, answer) {
      const callback = await sandbox.approve(authorizationUrl(parameters), { user: alice, ...answer });
      const code = new URL(callback).searchParams.get("code") ?? "";
      const given = await token({ grant_type: "authorization_code", code, redirect_uri: redirectUri });
      return given.json;
    },
    token,
    refresh: (refreshToken, parameters) =>
      token({ grant_type: "refresh_token", refresh_token: String(refreshToken), ...parameters }),
    post,
    get,
    isGood: async (accessToken) => (await get("/tokeninfo", accessToken)).status === 200,
    [Symbol.asyncDispose]: () => sandbox.close(),
  };
}
