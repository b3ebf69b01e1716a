import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type AddressInfo } from "node:net";
import { inspect } from "node:util";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startPostgres, type PostgresServer } from "../../proofs/support/postgres-server.js";
import { openWorld } from "../../test/support/world.js";
import { Secret } from "../core/secret.js";
import { credentialStoreConformance } from "../testing/index.js";
import { parsePostgresUrl } from "./postgres-address.js";
import { createPostgresStore } from "./postgres-store.js";
import type { CredentialStore, RecordKey } from "./store.js";

const gmail = "google_gmail";
const seed = { users: [{ email: "alice@example.com" }, { email: "bob@example.com" }] };
const token: RecordKey = { kind: "token", service: "acme_mail", userId: "ann@example.com" };
const key = "11".repeat(32);

const server: PostgresServer | string = await startPostgres().catch((error: unknown) => String(error));
if (typeof server === "string") console.log(`Skipped: no Postgres server starts here (${server})`);

async function newDatabase(): Promise<string> {
  if (typeof server === "string") throw new TypeError(server);
  return server.newDatabase();
}

async function withStore(use: (store: CredentialStore, url: string) => Promise<void>): Promise<void> {
  const url = await newDatabase();
  const store = await createPostgresStore(new Secret(url));
  await use(store, url).finally(() => store.close());
}

describe.skipIf(typeof server === "string")("the Postgres store", () => {
  afterAll(async () => {
    if (typeof server !== "string") await server[Symbol.asyncDispose]();
  });

  describe("as every store", () => {
    let url = "";
    beforeAll(async () => {
      url = await newDatabase();
    });
    const opened = async () => {
      const [store, another] = await Promise.all([
        createPostgresStore(new Secret(url)),
        createPostgresStore(new Secret(url)),
      ]);
      return {
        store,
        another,
        end: async () => {
          for (const { key: found } of await store.sealed()) if (found) await removeFrom(store, found);
          for (const { stored, service } of await store.pointers()) {
            const { user_id: userId = "default" } = JSON.parse(stored.text) as { user_id?: string };
            await removeFrom(store, { kind: "pointer", service, userId });
          }
          await removeFrom(store, { kind: "vault", service: "", userId: "" });
          await Promise.all([store.close(), another.close()]);
        },
      };
    };
    for (const { name, run } of credentialStoreConformance(opened)) it(name, run);
  });

  it("makes its tables once, whoever comes first, and leaves those of a newer version alone", async () => {
    const url = await newDatabase();
    const stores = await Promise.all(Array.from({ length: 6 }, () => createPostgresStore(new Secret(url))));
    await Promise.all(stores.map((store) => store.read(token)));
    await Promise.all(stores.map((store) => store.close()));
    const { default: pg } = await import("pg");
    const client = new pg.Client(url);
    await client.connect();
    await client.query("update maigic_integrations.schema_version set version = 1000");
    await client.end();
    const [store] = stores;
    await expect(store?.read(token)).rejects.toMatchObject({ code: "config.invalid", details: { version: 1000 } });
    await store?.close();
  });

  it("frees the turn of a process that was killed, and not that of one that is stopped", () =>
    withStore(async (store, url) => {
      const built = new URL("../../dist/credentials/postgres-store.js", import.meta.url).href;
      const secret = new URL("../../dist/core/secret.js", import.meta.url).href;
      const program = `
        const { createPostgresStore } = await import(${JSON.stringify(built)});
        const { Secret } = await import(${JSON.stringify(secret)});
        const store = await createPostgresStore(new Secret(${JSON.stringify(url)}));
        await store.exclusively("the door", { timeoutMs: 10_000 }, () => {
          process.send("inside");
          return new Promise((resolve) => setTimeout(resolve, 60_000));
        });`;
      const holder = spawn(process.execPath, ["--input-type=module", "--eval", program], {
        stdio: ["ignore", "ignore", "inherit", "ipc"],
      });
      await once(holder, "message");
      holder.kill("SIGSTOP");
      const visit = (timeoutMs: number) => store.exclusively("the door", { timeoutMs }, () => Promise.resolve("in"));
      await expect(visit(300)).rejects.toMatchObject({ code: "connection.timeout" });
      holder.kill("SIGKILL");
      expect(await visit(10_000)).toBe("in");
    }));

  it("holds more turns at once than it has connections, and works in each", () =>
    withStore(async (store) => {
      const names = Array.from({ length: 20 }, (_, index) => `door ${index}`);
      const found = await Promise.all(
        names.map((name) => store.exclusively(name, { timeoutMs: 10_000 }, () => store.read(token))),
      );
      expect(found).toEqual(names.map(() => undefined));
    }));

  it("goes on after its connections broke", () =>
    withStore(async (store, url) => {
      await store.write(token, "sealed", { replaces: undefined });
      const { default: pg } = await import("pg");
      const client = new pg.Client(url);
      await client.connect();
      await store.exclusively("the door", { timeoutMs: 10_000 }, async () => {
        await client.query(
          "select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'maigic-integrations'",
        );
      });
      await client.end();
      await expect.poll(async () => (await store.read(token).catch(() => undefined))?.text).toBe("sealed");
      expect(await store.exclusively("the door", { timeoutMs: 10_000 }, () => Promise.resolve("in"))).toBe("in");
    }));

  it("keeps profiles for all processes that have the key, the client file sealed as well", async () => {
    await using w = await openWorld({
      seed,
      config: { credentialStorage: "postgres", databaseUrl: await newDatabase(), vaultKey: { keys: new Secret(key) } },
    });
    await w.signIn(gmail, "alice@example.com");
    await w.signIn(gmail, "bob@example.com", { userId: "auth0|bob" });
    const other = w.anotherProcess();
    expect(await other.listProfiles()).toMatchObject([
      { userId: "default", account: "alice@example.com", state: "ready" },
      { userId: "auth0|bob", account: "bob@example.com", state: "ready" },
    ]);
    const renewed = await other.getAccessToken(gmail, "auth0|bob", { forceRefresh: true });
    expect((await w.anotherProcess().getAccessToken(gmail, "auth0|bob")).reveal()).toBe(renewed.reveal());
    const { default: pg } = await import("pg");
    const client = new pg.Client(w.config.databaseUrl?.reveal());
    await client.connect();
    const { rows } = await client.query<{ kind: string; text: string }>(
      "select kind, text from maigic_integrations.records",
    );
    await client.end();
    const [, clientSecret = "?"] = /"client_secret":"([^"]+)"/.exec(JSON.stringify(w.sandbox.clientFile())) ?? [];
    expect(rows.map(({ kind }) => kind).sort()).toEqual(["app", "pointer", "pointer", "token", "token", "vault"]);
    for (const secret of [renewed.reveal(), clientSecret, key]) expect(JSON.stringify(rows)).not.toContain(secret);
    expect((await other.getCredentials(gmail))?.credentialsPath).toBe(`postgres:app/${gmail}/`);
  });

  it("gets a new key like every vault", async () => {
    const databaseUrl = await newDatabase();
    const vaultKey = { keys: new Secret(key) };
    await using w = await openWorld({ seed, config: { credentialStorage: "postgres", databaseUrl, vaultKey } });
    await w.signIn(gmail, "alice@example.com");
    await expect(w.credentials.rotateKey({ to: "key_file" })).rejects.toMatchObject({ code: "auth.key_unavailable" });
    await expect(w.credentials.rotateKey()).rejects.toMatchObject({
      hint: expect.stringContaining("NEW,OLD") as string,
    });
    expect(await w.credentials.vaultStatus()).toMatchObject({ rotating: false, location: "postgres:vault//" });
  });

  it("takes its key from a source that other machines have too", async () => {
    await using w = await openWorld({ config: { credentialStorage: "postgres", databaseUrl: await newDatabase() } });
    await expect(w.credentials.storeCredentials(gmail, { credentialsPath: w.clientFile })).rejects.toMatchObject({
      code: "auth.key_unavailable",
      hint: expect.stringContaining("MAIGIC_VAULT_KEY") as string,
    });
  });

  it("tells a wrong password and a missing database without showing the address", async () => {
    const url = await newDatabase();
    const wrong = url.replace(/:[^:@/]+@/, ":hunter2hunter2@");
    for (const [address, code] of [
      [wrong, "config.invalid"],
      [url.replace(/\/[^/]+$/, "/nothing"), "config.invalid"],
    ] as const) {
      const store = await createPostgresStore(new Secret(address));
      const error: unknown = await store.read(token).catch((failure: unknown) => failure);
      expect(error).toMatchObject({ code });
      expect(inspect(error, { depth: 20, showHidden: true })).not.toMatch(/hunter2|only%20for/);
      await store.close();
    }
  });
});

describe("the address of a Postgres store", () => {
  it("says how the server is reached, with verified TLS for other machines", () => {
    const parse = (url: string) => parsePostgresUrl(new Secret(url));
    expect(parse("postgresql://ann:p%40ss@db.example:5433/credentials")).toEqual({
      host: "db.example",
      port: 5433,
      database: "credentials",
      user: "ann",
      password: "p@ss",
      ssl: { rejectUnauthorized: true, servername: "db.example" },
    });
    expect(parse("postgres://localhost/credentials")).toMatchObject({ port: 5432, ssl: false });
    expect(parse("postgres://[::1]/credentials")).toMatchObject({ host: "::1", ssl: false });
    expect(parse("postgres:///credentials?host=/run/postgresql")).toMatchObject({
      host: "/run/postgresql",
      ssl: false,
    });
    expect(parse("postgres://127.0.0.1/c?sslmode=verify-full")).toMatchObject({ ssl: { rejectUnauthorized: true } });
    expect(parse("postgres://db.example/c?sslmode=require")).toMatchObject({ ssl: { rejectUnauthorized: true } });
  });

  it.each([
    ["mysql://db.example/c", "config.invalid"],
    ["db.example", "config.invalid"],
    ["postgres://db.example/", "config.invalid"],
    ["postgres://db.example/c?sslmode=disable", "config.unsafe"],
    ["postgres://db.example/c?sslmode=prefer", "config.unsafe"],
    ["postgres://db.example/c?sslmode=no-verify", "config.unsafe"],
    ["postgres://db.example/c?sslmode=sometimes", "config.invalid"],
    ["postgres://db.example/c?options=-csearch_path", "config.invalid"],
    ["postgres:///c?host=db.example", "config.invalid"],
    ["postgres://ann:%ZZ@db.example/c", "config.invalid"],
    ["postgres://db.example/c?sslrootcert=/nowhere/ca.pem", "config.invalid_file"],
  ])("refuses %s", (url, code) => {
    expect(() => parsePostgresUrl(new Secret(url))).toThrow(expect.objectContaining({ code }) as Error);
  });

  it("must be given, in the environment", async () => {
    await using w = await openWorld({ config: { credentialStorage: "postgres", vaultKey: { keys: new Secret(key) } } });
    await expect(w.credentials.hasCredentials(gmail)).rejects.toMatchObject({ code: "config.missing_variable" });
  });

  it("is told to be out of reach when nobody answers there, or something else than a database", async () => {
    const stranger = createServer((socket) => socket.resume().end("HTTP/1.1 400 Bad Request\r\n\r\n"));
    await new Promise<void>((resolve) => stranger.listen(0, "127.0.0.1", resolve));
    const { port } = stranger.address() as AddressInfo;
    const found = async () => {
      const store = await createPostgresStore(new Secret(`postgres://ann:x@127.0.0.1:${port}/c`));
      return store.read(token).finally(() => store.close());
    };
    await expect(found()).rejects.toMatchObject({ code: expect.stringMatching(/^connection\./) as string });
    await new Promise((resolve) => stranger.close(resolve));
    await expect(found()).rejects.toMatchObject({ code: "connection.network" });
  });
});

async function removeFrom(store: CredentialStore, at: RecordKey): Promise<void> {
  const found = await store.read(at);
  if (found) await store.remove(at, found.generation);
}
