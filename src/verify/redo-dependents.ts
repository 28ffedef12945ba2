import { buildBars, buildSwingBarsFromMinutes, findGaps } from "../derive/index.ts";
import type { TradeDate } from "../record/index.ts";
import { type Dataset, type Store, sqlFile } from "../store/index.ts";

/**
 * Builds again what followed from rows that were removed: minutes, 10-minute bars made from them, gaps. Returns follow
 * by themselves. A day without symbols stands for all of them.
 */
export async function redoDependents(
  store: Store,
  dataset: Dataset,
  days: readonly { readonly date: TradeDate; readonly symbols: readonly string[] }[],
): Promise<void> {
  if (dataset === "daily") return;
  for (const { date, symbols } of days) {
    const request = { from: date, to: date, ...(symbols.length === 0 ? {} : { symbols }) };
    if (dataset === "scalp" || dataset === "bars_1m") {
      await buildBars(store, request);
      const { rows } = await store.writer.query<{ symbol: string }>(sqlFile("rollback_built_swing"), [
        request.symbols ?? null,
        date,
      ]);
      const built = rows.map(({ symbol }) => symbol);
      if (built.length > 0) await buildSwingBarsFromMinutes(store, { symbols: built, from: date, to: date });
    }
    await findGaps(store, request);
  }
}
