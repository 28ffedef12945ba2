import type pg from "pg";
import { kstDateOf, kstMidnightUs, type TimeUs, type TradeDate, tradeDate } from "../record/index.ts";
import { ChunkLoader, type TableLoad } from "./chunk-loader.ts";
import { retryTransient, type Sleep } from "./retry.ts";
import { sqlFile } from "./sql-file.ts";
import { openClient, openPool } from "./store.ts";
import { dailyPriceLoad, gapLoad, minuteBarLoad, swingBarLoad, tickLoad } from "./table-loads.ts";

export type LoadTable = "scalp_ticks" | "swing_bars_10m" | "scalp_gaps" | "scalp_1m_bars" | "eod_prices";

const LOADS: Record<LoadTable, () => TableLoad> = {
  scalp_ticks: tickLoad,
  swing_bars_10m: swingBarLoad,
  scalp_gaps: gapLoad,
  scalp_1m_bars: minuteBarLoad,
  eod_prices: dailyPriceLoad,
};

/** The two connections of one loader: rows go through one, the ledger is kept on the other. */
export class LoadSession {
  readonly loader: ChunkLoader;
  readonly #ledger: pg.Pool;
  readonly #sleep: Sleep;
  readonly #partitionedTable: string | undefined;
  readonly #months: { startUs: number; endUs: number }[] = [];
  #month = { startUs: 0, endUs: 0 };

  /** Connects when first used. */
  constructor(writerUrl: string, table: LoadTable, sleep: Sleep) {
    const connect = () => openClient(writerUrl, `observer load ${table}`);
    this.loader = new ChunkLoader({ connect, table: LOADS[table](), sleep });
    this.#ledger = openPool(writerUrl, "observer load ledger", { max: 1, statementTimeoutMs: 30_000 });
    this.#sleep = sleep;
    this.#partitionedTable = table === "scalp_ticks" ? table : undefined;
  }

  /** For the ledger's questions; a lost connection is made anew, a passing fault tried again. */
  async ledger<T>(ask: (db: Pick<pg.Pool, "query">) => Promise<T>): Promise<T> {
    return await retryTransient(() => ask(this.#ledger), this.#sleep);
  }

  /** Whether rows of this instant have a partition to go to, as far as this session knows. */
  hasMonth(timeUs: TimeUs): boolean {
    if (timeUs >= this.#month.startUs && timeUs < this.#month.endUs) return true;
    if (this.#partitionedTable === undefined) return true;
    const known = this.#months.find((month) => timeUs >= month.startUs && timeUs < month.endUs);
    if (known === undefined) return false;
    this.#month = known;
    return true;
  }

  /** Creates the partition of a date's KST month if it is missing. */
  async ensureMonth(date: TradeDate): Promise<void> {
    const first = tradeDate(`${date.slice(0, 8)}01`);
    await this.ledger((db) => db.query(sqlFile("ensure_month_partition"), [this.#partitionedTable, first]));
    const startUs = kstMidnightUs(first);
    // The 32nd day of any month lies in the next one.
    const inNext = kstDateOf((startUs + 31 * 86_400_000_000 + 43_200_000_000) as TimeUs);
    const endUs = kstMidnightUs(tradeDate(`${inNext.slice(0, 8)}01`));
    this.#month = { startUs, endUs };
    this.#months.push(this.#month);
  }

  async close(): Promise<void> {
    await this.loader.close();
    await this.#ledger.end().catch(() => undefined);
  }
}
