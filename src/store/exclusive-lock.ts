import { openClient, type Store } from "./store.ts";

/** Work that one process per database may do at a time. Any numbers will do that nothing else locks. */
const LOCKS = { load: 0x0b5e_b0ac, derive: 0x0b5e_de41 } as const;

/**
 * Runs `act` while holding a lock; PostgreSQL gives it back when the process dies. Throws `busy` at once when
 * another process holds it.
 */
export async function withExclusiveLock<T>(
  store: Store,
  work: keyof typeof LOCKS,
  busy: Error,
  act: () => Promise<T>,
): Promise<T> {
  const client = await openClient(store.urls.writer, `observer lock (${work})`);
  try {
    const asked = await client.query<{ held: boolean }>("SELECT pg_try_advisory_lock($1) AS held", [
      LOCKS[work],
    ]);
    if (asked.rows[0]?.held !== true) throw busy;
    return await act();
  } finally {
    await client.end();
  }
}
