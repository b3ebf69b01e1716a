import { createHash } from "node:crypto";
import type { Pool, QueryResultRow } from "pg";
import { systemClock } from "../core/clock.js";
import { Mutex } from "../core/mutex.js";
import { databaseError } from "./postgres-errors.js";
import type { CredentialStore } from "./store.js";
import { takeTurn } from "./turn.js";

const pollMs = 15;

/**
 * Turns as advisory locks of one connection, which a process keeps for as long as it has a turn. The server frees them
 * when the connection ends, and it ends with its process; one that is merely suspended keeps it.
 *
 * @see https://www.postgresql.org/docs/current/explicit-locking.html#ADVISORY-LOCKS
 */
export function createPostgresLocks(pool: () => Pool): Pick<CredentialStore, "exclusively"> {
  // A connection may take its own locks again: within the process a queue keeps turns apart.
  const queue = new Mutex();
  const shared = shareConnection(pool);
  return {
    exclusively: (name, turn, work) =>
      takeTurn(name, turn, (waiting, begun) =>
        queue.run(
          name,
          () =>
            shared(async (ask) => {
              const lock = [lockNumber(name)];
              const takes = async (): Promise<boolean> =>
                (await ask<{ taken: boolean }>("select pg_try_advisory_lock($1) as taken", lock))[0]?.taken === true;
              while (!(await takes())) {
                await systemClock.sleep(pollMs * (0.75 + Math.random() / 2), waiting);
              }
              begun();
              try {
                return await work();
              } finally {
                // Of no use on a broken connection, which has lost its locks already.
                await ask("select pg_advisory_unlock($1)", lock).catch(() => undefined);
              }
            }),
          waiting,
        ),
      ),
  };
}

/** Runs a statement on the connection that has the turns. */
type Ask = <T extends QueryResultRow>(text: string, values: readonly string[]) => Promise<T[]>;

interface Connection {
  readonly ask: Ask;
  /** Gives it back; one that broke is thrown away. */
  readonly release: (broken: Error | undefined) => void;
}

interface Loan {
  readonly connection: Promise<Connection>;
  users: number;
  broken?: Error;
}

/** Lends one connection to everybody who has or wants a turn, and gives it back when nobody does. */
function shareConnection(pool: () => Pool): <T>(use: (ask: Ask) => Promise<T>) => Promise<T> {
  let current: Loan | undefined;
  const lend = (): Loan => {
    const loan: Loan = { connection: connect(pool(), (error) => abandon(loan, error)), users: 0 };
    return loan;
  };
  const abandon = (loan: Loan, error: Error): void => {
    loan.broken = error;
    if (current === loan) current = undefined; // who comes next gets another
  };
  return async (use) => {
    const loan = (current ??= lend());
    loan.users++;
    try {
      const { ask } = await loan.connection.catch((error: unknown) => {
        if (current === loan) current = undefined;
        throw databaseError(error);
      });
      return await use(ask);
    } finally {
      if (--loan.users === 0) {
        if (current === loan) current = undefined;
        await loan.connection.then(({ release }) => release(loan.broken)).catch(() => undefined); // there is none
      }
    }
  };
}

async function connect(pool: Pool, onError: (error: Error) => void): Promise<Connection> {
  const client = await pool.connect();
  client.on("error", onError);
  const statements = new Mutex();
  const ask: Ask = async <T extends QueryResultRow>(text: string, values: readonly string[]) => {
    try {
      return (await statements.run("", () => client.query<T>(text, [...values]))).rows;
    } catch (error) {
      throw databaseError(error);
    }
  };
  const release = (broken: Error | undefined): void => {
    client.off("error", onError);
    client.release(broken);
  };
  return { ask, release };
}

/** A signed number of 64 bits. */
function lockNumber(name: string): string {
  return createHash("sha256").update(`maigic-integrations ${name}`).digest().readBigInt64BE().toString();
}
