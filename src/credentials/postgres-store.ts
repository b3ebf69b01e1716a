import type { Pool, QueryResultRow } from "pg";
import { requireInstalled } from "../core/packages.js";
import type { Secret } from "../core/secret.js";
import { parsePostgresUrl } from "./postgres-address.js";
import { databaseError } from "./postgres-errors.js";
import { createPostgresLocks } from "./postgres-locks.js";
import { migrate } from "./postgres-schema.js";
import type { CredentialStore, FoundPointer, PointerQuery, RecordKey, RecordKind } from "./store.js";

interface Row {
  readonly kind: RecordKind;
  readonly service: string;
  readonly user_id: string;
  readonly text: string;
  /** PostgreSQL's 64-bit numbers come as text. */
  readonly generation: string;
}

const table = "maigic_integrations.records";
const thisRecord = "kind = $1 and service = $2 and user_id = $3";
/** A vault record that is the one expected, kept so until the statement is over; or none that is asked for. */
const expectedVault = (parameter: string): string =>
  `expected as (select 1 from ${table} where kind = 'vault' and generation = ${parameter}::bigint for share)`;
const hasExpected = (parameter: string): string => `(${parameter}::bigint is null or exists (select 1 from expected))`;
const connections = 4;
const connectMs = 10_000;
const statementMs = 30_000;
const idleMs = 5_000;

/**
 * Records as rows of a Postgres database, for programs that serve many people from many processes. Connections are few,
 * close when nobody needs them, and keep no program from ending.
 *
 * @param url - the database's address, with its password
 * @throws ConfigurationError `config.missing_dependency`, `config.invalid`, `config.unsafe`
 */
export async function createPostgresStore(url: Secret): Promise<CredentialStore> {
  requireInstalled("Credential storage in Postgres", ["pg"]);
  const address = parsePostgresUrl(url);
  const { default: pg } = await import("pg");
  return storeWith((max) => {
    const pool = new pg.Pool({
      ...address,
      max,
      application_name: "maigic-integrations",
      connectionTimeoutMillis: connectMs,
      statement_timeout: statementMs,
      query_timeout: statementMs + connectMs,
      idleTimeoutMillis: idleMs,
      allowExitOnIdle: true,
    });
    pool.on("error", () => undefined); // an idle connection that broke: the next call opens another
    return pool;
  });
}

function storeWith(openPool: (connections: number) => Pool): CredentialStore {
  const pools = createPools(openPool);
  const query = async <T extends QueryResultRow>(text: string, values: readonly unknown[]): Promise<T[]> => {
    try {
      return (await (await pools.ready()).query<T>(text, [...values])).rows;
    } catch (error) {
      throw databaseError(error);
    }
  };
  return {
    openToPeople: false,
    async read(key) {
      const [row] = await query<Row>(`select text, generation from ${table} where ${thisRecord}`, valuesOf(key));
      return row && { text: row.text, generation: row.generation };
    },
    async write(key, text, { replaces, vault = null }) {
      const [row] = await query<Row>(replaces === undefined ? insertText : updateText, [
        ...valuesOf(key),
        text,
        vault,
        ...(replaces === undefined ? [] : [replaces]),
      ]);
      return row?.generation;
    },
    async remove(key, generation) {
      const statement = `delete from ${table} where ${thisRecord} and generation = $4::bigint returning generation`;
      return (await query(statement, [...valuesOf(key), generation])).length > 0;
    },
    pointers: async (wanted = {}) => pointersOf(await query<Row>(pointersText, [wanted.service ?? null]), wanted),
    async sealed(kind) {
      const rows = await query<Row>(
        `select kind, service, user_id from ${table} where kind not in ('vault', 'pointer') and ($1::text is null or kind = $1)`,
        [kind ?? null],
      );
      return rows.map(keyOf).map((key) => ({ key, location: locate(key) }));
    },
    exclusively: createPostgresLocks(pools.forLocks).exclusively,
    locate: (key) => Promise.resolve(locate(key)),
    close: pools.close,
  };
}

interface Pools {
  /** For statements, once the tables are as they should be. */
  readonly ready: () => Promise<Pool>;
  /** Apart from the other: whoever has a turn needs a connection for its work too. */
  readonly forLocks: () => Pool;
  readonly close: () => Promise<void>;
}

function createPools(openPool: (connections: number) => Pool): Pools {
  let opened: { statements: Pool; locks: Pool; migrated?: Promise<void> | undefined } | undefined;
  const open = (): NonNullable<typeof opened> => (opened ??= { statements: openPool(connections), locks: openPool(1) });
  return {
    async ready() {
      const pools = open();
      pools.migrated ??= migrateWith(pools.statements);
      try {
        await pools.migrated;
      } catch (error) {
        pools.migrated = undefined; // the database may be there by the next call
        throw error;
      }
      return pools.statements;
    },
    forLocks: () => open().locks,
    async close() {
      const ending = opened;
      opened = undefined;
      await Promise.all([ending?.statements.end(), ending?.locks.end()]);
    },
  };
}

const updateText = `
  with ${expectedVault("$5")}
  update ${table} set text = $4, generation = nextval('maigic_integrations.generations'), written_at = now()
  where ${thisRecord} and generation = $6::bigint and ${hasExpected("$5")}
  returning generation`;

const insertText = `
  with ${expectedVault("$5")}
  insert into ${table} (kind, service, user_id, text, generation)
  select $1, $2, $3, $4, nextval('maigic_integrations.generations') where ${hasExpected("$5")}
  on conflict do nothing
  returning generation`;

const pointersText = `
  select kind, service, user_id, text, generation from ${table}
  where kind in ('pointer', 'token', 'key') and ($1::text is null or service = $1)`;

async function migrateWith(pool: Pool): Promise<void> {
  const client = await pool.connect();
  try {
    await migrate(client);
  } finally {
    client.release();
  }
}

function pointersOf(rows: readonly Row[], { sealed }: PointerQuery): FoundPointer[] {
  const nameOf = (key: RecordKey): string => JSON.stringify([key.kind, key.service, key.userId]);
  const byName = new Map(rows.map((row) => [nameOf(keyOf(row)), row]));
  return rows
    .filter(({ kind }) => kind === "pointer")
    .map((row) => {
      const key = keyOf(row);
      const beside = sealed && byName.get(nameOf({ ...key, kind: sealed(key.service) }));
      return {
        service: key.service,
        location: locate(key),
        stored: storedOf(row),
        ...(beside && { sealed: storedOf(beside) }),
      };
    });
}

function storedOf({ text, generation }: Row): { text: string; generation: string } {
  return { text, generation };
}

function keyOf({ kind, service, user_id: userId }: Row): RecordKey {
  return { kind, service, userId };
}

function valuesOf({ kind, service, userId }: RecordKey): string[] {
  return [kind, service, userId];
}

function locate({ kind, service, userId }: RecordKey): string {
  return `postgres:${kind}/${service}/${userId}`;
}
