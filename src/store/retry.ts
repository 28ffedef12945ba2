import { isTransient } from "./sql-state.ts";

const RETRIES = 3;
const FIRST_BACKOFF_MS = 100;

export type Sleep = (milliseconds: number) => Promise<void>;

/** How long to wait before the n-th retry (from 1): 100, 200, 400 ms. */
export function backoffMs(retry: number): number {
  return FIRST_BACKOFF_MS * 2 ** (retry - 1);
}

/** Runs `act` again, three times at most, while the database's fault is one that may pass. */
export async function retryTransient<T>(act: () => Promise<T>, sleep: Sleep): Promise<T> {
  for (let retry = 1; ; retry++) {
    try {
      return await act();
    } catch (error) {
      if (retry > RETRIES || !isTransient(error)) throw error;
      await sleep(backoffMs(retry));
    }
  }
}
