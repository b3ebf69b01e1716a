import type { ConsentAnswer, GoogleSandbox } from "maigic-integrations/sandbox";

/** An answer of an OAuth endpoint. */
export interface Answer {
  readonly status: number;
  readonly json: Record<string, unknown>;
}

/** A client of Google's OAuth that speaks plain HTTP, so that nothing comes between a test and the wire. */
export interface OAuthClient {
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

/** A client of a sandbox in which Alice lives. */
export function oauthClient(sandbox: GoogleSandbox): OAuthClient {
  const { client_id, client_secret } = sandbox.clientFile()["installed"] as Record<
    "client_id" | "client_secret",
    string
  >;
  const read = async (response: Response): Promise<Answer> => ({
    status: response.status,
    json: (await response.json()) as Answer["json"],
  });
  const post: OAuthClient["post"] = async (path, parameters) =>
    read(await fetch(sandbox.url + path, { method: "POST", body: new URLSearchParams(parameters) }));
  const get: OAuthClient["get"] = async (path, accessToken) =>
    read(await fetch(sandbox.url + path, { headers: { authorization: `Bearer ${String(accessToken)}` } }));
  const token: OAuthClient["token"] = (parameters) => post("/token", { client_id, client_secret, ...parameters });
  const authorizationUrl: OAuthClient["authorizationUrl"] = (parameters = {}) => {
    const url = new URL("/o/oauth2/v2/auth", sandbox.url);
    const usual = { client_id, redirect_uri: redirectUri, response_type: "code", scope: readonly };
    const all = { ...usual, access_type: "offline", prompt: "consent", ...parameters };
    url.search = new URLSearchParams(Object.entries(all).filter(([, value]) => value !== "")).toString();
    return url.href;
  };
  return {
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
  };
}
