import type { ClientBase } from "pg";
import { integrationError } from "../core/errors.js";

/**
 * What the tables have become, step by step; a step is never changed once it was published.
 *
 * In clear, because they are looked for: kind, service and profile of each record, when it was written, and the texts of
 * `vault` (no secrets: ids and where the key comes from) and `pointer` (a profile's settings and account). Every other
 * text is sealed before it gets here.
 */
const migrations: readonly string[] = [
  `create table maigic_integrations.records (
     kind text not null,
     service text not null,
     user_id text not null,
     text text not null,
     generation bigint not null,
     written_at timestamptz not null default now(),
     primary key (kind, service, user_id)
   );
   create sequence maigic_integrations.generations;`,
];

/** Any number: whoever changes the tables holds the lock of that number. */
const migrationLock = 7_416_203_519;

/**
 * Brings the tables to this version; of many processes that start at once, one does.
 *
 * @throws ConfigurationError `config.invalid` when a newer version of the package has changed them
 */
export async function migrate(client: ClientBase): Promise<void> {
  if ((await versionOf(client)) === migrations.length) return;
  await client.query("begin");
  try {
    await client.query("select pg_advisory_xact_lock($1)", [migrationLock]);
    await client.query("create schema if not exists maigic_integrations");
    await client.query("create table if not exists maigic_integrations.schema_version (version int not null)");
    const version = await versionOf(client);
    if (version > migrations.length) throw tooNew(version);
    for (const step of migrations.slice(version)) await client.query(step);
    await client.query("delete from maigic_integrations.schema_version");
    await client.query("insert into maigic_integrations.schema_version values ($1)", [migrations.length]);
    await client.query("commit");
  } catch (error) {
    await client.query("rollback").catch(() => undefined); // the connection may be what failed
    throw error;
  }
}

async function versionOf(client: ClientBase): Promise<number> {
  const table = await client.query<{ found: boolean }>(
    "select to_regclass('maigic_integrations.schema_version') is not null as found",
  );
  if (!table.rows[0]?.found) return 0;
  const { rows } = await client.query<{ version: number }>("select version from maigic_integrations.schema_version");
  return rows[0]?.version ?? 0;
}

function tooNew(version: number): Error {
  return integrationError("config.invalid", {
    message: `The tables in the database are of version ${version}; this package knows ${migrations.length}.`,
    hint: "Update maigic-integrations in this program: another one has done so already.",
    details: { version, known: migrations.length },
  });
}
