import { openClient, type Store } from "./store.ts";

/**
 * Runs `act` while holding a lock that one process per database can hold; PostgreSQL gives it back when the
 * process dies. Throws `busy` at once when another holds it.
 */
export async function withExclusiveLock<T>(
  store: Store,
  key: number,
  busy: Error,
  act: () => Promise<T>,
): Promise<T> {
  const client = await openClient(store.urls.writer, "observer lock");
  try {
    const asked = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1) AS held", [key]);
    if (asked.rows[0]?.held !== true) throw busy;
    return await act();
  } finally {
    await client.end();
  }
}
