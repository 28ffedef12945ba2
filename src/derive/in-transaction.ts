import { setTimeout as sleep } from "node:timers/promises";
import { retryTransient, type Store } from "../store/index.ts";

/** A connection within a transaction, or a pool where none is needed. */
export type Connection = Pick<Store["writer"], "query">;

/**
 * Runs `act` in one transaction of the writer pool. When the database's fault is one that may pass, all of it is
 * done again: `act` must keep nothing of an attempt that failed.
 */
export async function inTransaction<T>(store: Store, act: (db: Connection) => Promise<T>): Promise<T> {
  return await retryTransient(
    () => attempt(store, act),
    (milliseconds) => sleep(milliseconds),
  );
}

async function attempt<T>(store: Store, act: (db: Connection) => Promise<T>): Promise<T> {
  const client = await store.writer.connect();
  try {
    await client.query("BEGIN");
    const result = await act(client);
    await client.query("COMMIT");
    client.release();
    return result;
  } catch (error) {
    // The connection is given up with its transaction: a ROLLBACK could only fail where the fault was its loss.
    client.release(true);
    throw error;
  }
}
