import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import {
  createCalendarClient,
  createCredentialManager,
  createEmailClient,
  IntegrationConfig,
} from "maigic-integrations";
import type { Recorder } from "./recorder.js";
import { redirectUri, services, type World } from "./world.js";

/** One way of leading a secret astray. */
export interface Attempt {
  readonly name: string;
  /** Does it. What it throws is no concern here, as long as it is one of our errors. */
  readonly act: (scene: Scene) => Promise<unknown>;
}

/** Where attempts are made: an account at the true host, and a stranger's server. */
export interface Scene {
  readonly world: World;
  readonly recorder: Recorder;
}

type Service = (typeof services)[number];

const redirects = [301, 302, 303, 307, 308];

/** All attempts, over a hundred. */
export function allAttempts(): Attempt[] {
  return [
    ...services.flatMap((service) => eachRedirect(`${service} answers`, (scene) => read(scene.world, service))),
    ...eachRedirect(
      "the token endpoint answers a refresh with",
      ({ world }) => {
        world.sandbox.expireAccessTokens();
        return read(world, "google_gmail");
      },
      "oauth.token",
    ),
    ...eachRedirect("the token endpoint answers a sign-in with", ({ world }) => signInAgain(world), "oauth.token"),
    ...editedClientFiles(),
    ...foreignEndpoints(),
    ...proxies(),
    ...editedRecords(),
    ...addressesAsIds(),
    ...envFiles(),
  ];
}

/** Reads something small; that it can be done is what "the true host works" means. */
export async function read({ options }: World, service: Service, overrides: object = {}): Promise<unknown> {
  if (service === "google_gmail") {
    await using client = createEmailClient(service, { ...options, ...overrides });
    return await client.getAccountInfo();
  }
  await using client = createCalendarClient(service, { ...options, ...overrides });
  return await client.getCalendars();
}

/** Every kind of redirect to every lure. `method` is the one that answers so; default: whichever comes first. */
function eachRedirect(what: string, act: (scene: Scene) => Promise<unknown>, method?: string): Attempt[] {
  return redirects.flatMap((status) =>
    [0, 1, 2, 3, 4].map((lure) => ({
      name: `${what} ${status} to lure ${lure}`,
      act: (scene: Scene) => {
        const location = lureOf(scene, lure);
        scene.world.sandbox.failNext({ ...(method && { method }), respond: { status, headers: { location } } });
        return act(scene);
      },
    })),
  );
}

function lureOf({ world, recorder }: Scene, index: number): string {
  return recorder.lures(new URL(world.sandbox.url).host)[index] ?? "";
}

/** Signs the account in to a second profile. */
async function signInAgain({ credentials, sandbox }: World, clientFile?: string): Promise<void> {
  const profile = { userId: "work", redirectUri, ...(clientFile !== undefined && { clientFile }) };
  const { url } = await credentials.beginConsent("google_gmail", profile);
  await credentials.completeConsent(await sandbox.approve(url, { user: "alice@example.com" }), { userId: "work" });
}

/** Client files that name a stranger as the authorization server. */
function editedClientFiles(): Attempt[] {
  return ["token_uri", "auth_uri"].flatMap((field) =>
    [0, 1, 3, 4].map((lure) => ({
      name: `a client file whose ${field} is lure ${lure}`,
      act: async (scene: Scene) => {
        const file = join(scene.world.folder, "edited.json");
        const { installed } = scene.world.sandbox.clientFile() as { installed: Record<string, unknown> };
        await writeFile(file, JSON.stringify({ installed: { ...installed, [field]: lureOf(scene, lure) } }));
        await signInAgain(scene.world, file);
      },
    })),
  );
}

/** Other places to send the same account's requests to. */
function foreignEndpoints(): Attempt[] {
  const others: ((scene: Scene) => string)[] = [
    ...[0, 1, 2, 3, 4].map((lure) => (scene: Scene) => lureOf(scene, lure)),
    () => "https://gmail.example",
    ({ recorder }) => `http://127.0.0.1.nip.example:${recorder.port}`,
    ({ recorder }) => `ftp://127.0.0.1:${recorder.port}`,
  ];
  return others.map((endpoints, index) => ({
    name: `endpoints at another place, ${index}`,
    act: async (scene: Scene) => {
      const place = endpoints(scene);
      // The vault that is made for that place, on the same folder, and the one that belongs to the true host.
      const credentials = (): unknown => createCredentialManager(scene.world.config, { endpoints: place });
      await Promise.allSettled([
        read(scene.world, "google_gmail", { endpoints: place }),
        Promise.resolve().then(() =>
          read(scene.world, "google_gmail", { endpoints: place, credentials: credentials() }),
        ),
      ]);
    },
  }));
}

/** Proxies that the environment names. Loopback needs none; the true Google is reached through a tunnel. */
function proxies(): Attempt[] {
  const names = ["HTTP_PROXY", "HTTPS_PROXY", "http_proxy", "https_proxy", "ALL_PROXY", "all_proxy"];
  const withProxy = ({ world, recorder }: Scene, name: string): { config: IntegrationConfig; endpoints: string } => ({
    config: IntegrationConfig.fromEnv(
      {
        credentialsDir: world.config.credentialsDir,
        configDir: world.config.configDir,
        googleGmailEnabled: true,
        googleCalendarEnabled: true,
      },
      { env: { [name]: `http://127.0.0.1:${recorder.port}` }, workingDir: world.folder },
    ),
    endpoints: world.sandbox.url,
  });
  return [
    ...names.map((name) => ({
      name: `${name} names a stranger`,
      act: async (scene: Scene) => {
        const { config, endpoints } = withProxy(scene, name);
        const credentials = createCredentialManager(config, { endpoints });
        await read(scene.world, "google_gmail", { config, credentials });
        scene.world.sandbox.expireAccessTokens();
        await read(scene.world, "google_calendar", { config, credentials });
      },
    })),
    ...["HTTPS_PROXY", "https_proxy"].map((name) => ({
      name: `${name} names a stranger, on the way to Google itself`,
      act: async (scene: Scene) => {
        const { config } = withProxy(scene, name);
        const credentials = createCredentialManager(config);
        const clientFile = join(scene.world.folder, "google.json");
        await writeFile(clientFile, JSON.stringify(googleClientFile));
        const { url } = await credentials.beginConsent("google_gmail", { userId: "home", redirectUri, clientFile });
        const state = new URL(url).searchParams.get("state") ?? "";
        await credentials.completeConsent(`${redirectUri}?code=4/0Asecret&state=${state}`, { userId: "home" });
      },
    })),
  ];
}

const googleClientFile = {
  installed: {
    client_id: "1-a.apps.googleusercontent.com",
    client_secret: "GOCSPX-not-for-strangers",
    auth_uri: "https://accounts.google.com/o/oauth2/auth",
    token_uri: "https://oauth2.googleapis.com/token",
    redirect_uris: ["http://localhost"],
  },
};

/** Files of the vault, edited by somebody who may write to the folder; they are put back afterwards. */
function editedRecords(): Attempt[] {
  const token = ["google_gmail", "token.json"];
  const pointer = ["c21f969b_google_gmail.json"]; // named by the profile "default"
  return [
    edited("the token's header names a stranger", token, ({ recorder }, json) => ({
      ...json,
      tokenOrigin: `http://127.0.0.1:${recorder.port}`,
    })),
    edited("the token's header names another client", token, (_, json) => ({ ...json, clientId: "2-b.example" })),
    edited("the stored client file names a stranger", ["google_gmail", "credentials.json"], ({ recorder }, json) => ({
      installed: { ...(json["installed"] as object), token_uri: `http://127.0.0.1:${recorder.port}/token` },
    })),
    edited("the pointer leads to another service's token", pointer, (_, json) => ({
      ...json,
      token_path: "google_calendar/token.json",
    })),
    edited("the pointer leads out of the folder", pointer, ({ world }, json) => ({
      ...json,
      token_path: join(world.folder, "elsewhere.json"),
      credentials_path: join(world.folder, "client.json"),
    })),
    edited("the pointer names a stranger's endpoints", pointer, ({ recorder }, json) => ({
      ...json,
      endpoints: `http://127.0.0.1:${recorder.port}`,
      token_uri: `http://127.0.0.1:${recorder.port}/token`,
    })),
  ];
}

function edited(
  name: string,
  path: readonly string[],
  edit: (scene: Scene, json: Record<string, unknown>) => unknown,
): Attempt {
  return {
    name,
    act: async (scene) => {
      const { world } = scene;
      const file = join(world.config.credentialsDir, ...path);
      const before = await readFile(file, "utf8");
      await writeFile(file, JSON.stringify(edit(scene, JSON.parse(before) as Record<string, unknown>)));
      world.sandbox.expireAccessTokens(); // so that the refresh token would have to travel as well
      const credentials = createCredentialManager(world.config, { endpoints: world.sandbox.url });
      try {
        await read(world, "google_gmail", { credentials });
      } finally {
        await writeFile(file, before);
      }
    },
  };
}

/** Ids, which callers often have from outside, that look like addresses. */
function addressesAsIds(): Attempt[] {
  return [0, 2, 3].flatMap((lure) => [
    {
      name: `a mail's id that is lure ${lure}`,
      act: async (scene: Scene) => {
        await using client = createEmailClient("google_gmail", scene.world.options);
        await client.getEmail(lureOf(scene, lure));
      },
    },
    {
      name: `a calendar's id that is lure ${lure}`,
      act: async (scene: Scene) => {
        await using client = createCalendarClient("google_calendar", scene.world.options);
        await client.getEvent({ id: `../../../..${lureOf(scene, 2)}`, calendarId: lureOf(scene, lure) });
      },
    },
  ]);
}

/** A `.env` file that came with somebody's repository. */
function envFiles(): Attempt[] {
  const lines = ["HTTPS_PROXY", "HTTP_PROXY", "GOOGLE_API_ENDPOINT", "MAIGIC_ENDPOINTS"];
  return lines.map((variable) => ({
    name: `a .env file sets ${variable}`,
    act: async (scene: Scene) => {
      const { world, recorder } = scene;
      await writeFile(
        join(world.folder, ".env"),
        `${variable}=http://127.0.0.1:${recorder.port}\nGOOGLE_GMAIL_ENABLED=1\n`,
      );
      const { credentialsDir, configDir } = world.config;
      const config = IntegrationConfig.fromEnv({ credentialsDir, configDir }, { env: {}, workingDir: world.folder });
      const credentials = createCredentialManager(config, { endpoints: world.sandbox.url });
      await read(world, "google_gmail", { config, credentials });
    },
  }));
}
