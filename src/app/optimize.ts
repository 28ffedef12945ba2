import { ObserverError } from "../errors/index.ts";
import { type OptimizeSqlOptions, optimizeSql, type RunResult } from "../evidence/index.ts";
import { kstDateOf } from "../record/index.ts";
import { swingSpan } from "../store/index.ts";
import { requireDate } from "./dates.ts";
import type { Vault } from "./vault.ts";
import { packageVersion } from "./version.ts";

export interface OptimizeRequest
  extends Partial<Omit<OptimizeSqlOptions, "from" | "to" | "codeVersion" | "symbols">> {
  symbols?: readonly string[];
  /** KST trading dates; the whole span of the 10-minute bars unless given. */
  from?: string;
  to?: string;
}

/** Searches the fixed-hold grid on the stored 10-minute bars. Throws OBS_SEARCH_INVALID, OBS_NOTHING_TO_SEARCH. */
export async function optimize(vault: Vault, request: OptimizeRequest): Promise<RunResult> {
  const { symbols, from, to, ...search } = request;
  const span = await swingSpan(vault.store);
  if (span === null) {
    throw new ObserverError(
      "OBS_NOTHING_TO_SEARCH",
      "there are no 10-minute bars in the database.",
      'load some first: "observer backfill <folder>" or "observer import <file>".',
    );
  }
  return await optimizeSql(vault.store, {
    ...search,
    symbols: symbols === undefined || symbols.length === 0 ? "all" : symbols,
    from: from === undefined ? kstDateOf(span.firstUs) : requireDate("from", from),
    to: to === undefined ? kstDateOf(span.lastUs) : requireDate("to", to),
    codeVersion: packageVersion(),
  });
}
