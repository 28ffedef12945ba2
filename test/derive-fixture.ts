import {
  formatInstant,
  formatPrice,
  isAbsent,
  type Price,
  type Tick,
  type TimeUs,
} from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { sampleTick } from "./sample-records.ts";

export interface DeriveBench {
  db: TestDatabase;
  store: Store;
  close(): Promise<void>;
}

export async function openDeriveBench(): Promise<DeriveBench> {
  const db = await freshDatabase();
  const store = await openStore(db.urls);
  return {
    db,
    store,
    close: async () => {
      await store.close();
      await db.drop();
    },
  };
}

export async function emptyTables(db: TestDatabase): Promise<void> {
  await db.query("TRUNCATE scalp_ticks, scalp_1m_bars, swing_bars_10m, scalp_gaps, ingest_files CASCADE");
}

const price = (value: Price) => (isAbsent(value) ? null : formatPrice(value));
const count = (value: number) => (isAbsent(value) ? null : value);

/** Puts ticks into the table, as loaded from a file (null: collected live). Creates the months they need. */
export async function insertTicks(db: TestDatabase, ticks: readonly Tick[], fileId: number | null = null) {
  const months = new Set(ticks.map((tick) => formatInstant(tick.eventTimeUs).slice(0, 7)));
  for (const month of months)
    await db.query("SELECT create_monthly_partition('scalp_ticks', $1::date)", [`${month}-15`]);
  const rows = ticks.map((tick) => ({
    symbol: tick.symbol,
    event_time: formatInstant(tick.eventTimeUs),
    seq: isAbsent(tick.seq) ? 0 : tick.seq,
    bid_price: price(tick.bidPrice),
    ask_price: price(tick.askPrice),
    last_price: price(tick.lastPrice),
    volume: count(tick.volume),
    acml_volume: count(tick.acmlVolume),
    acml_value: count(tick.acmlValue),
    venue: tick.venue === "" ? null : tick.venue,
    session_id: tick.sessionId,
    mitigation_level: tick.mitigationLevel,
    quality_flag: tick.qualityFlag,
  }));
  await db.query(
    `INSERT INTO scalp_ticks (symbol, event_time, seq, bid_price, ask_price, last_price, volume, acml_volume, acml_value,
       venue, session_id, mitigation_level, quality_flag, ingest_file_id)
     SELECT r.*, $2 FROM jsonb_to_recordset($1::jsonb) AS r (symbol text, event_time timestamptz, seq smallint,
       bid_price numeric, ask_price numeric, last_price numeric, volume bigint, acml_volume bigint, acml_value bigint,
       venue text, session_id text, mitigation_level int, quality_flag text)`,
    [JSON.stringify(rows), fileId],
  );
}

/** A row in the ledger of loaded files whose dependent work is due. */
export async function insertDueFile(
  db: TestDatabase,
  file: { fileId: number; dataset: string; firstUs: TimeUs; lastUs: TimeUs },
): Promise<void> {
  await db.query(
    `INSERT INTO ingest_files (file_id, path, dataset, state, checkpoint_bytes, first_event_time, last_event_time)
     VALUES ($1, $2, $3, 'loaded', 1000, $4, $5)`,
    [
      file.fileId,
      `file-${file.fileId}.jsonl`,
      file.dataset,
      formatInstant(file.firstUs),
      formatInstant(file.lastUs),
    ],
  );
}

/** Ticks loaded from a file of their own that is due. */
export async function loadTicks(db: TestDatabase, fileId: number, ticks: readonly Tick[]): Promise<void> {
  await insertTicks(db, ticks, fileId);
  const times = ticks.map((tick) => tick.eventTimeUs);
  await insertDueFile(db, {
    fileId,
    dataset: "scalp",
    firstUs: Math.min(...times) as TimeUs,
    lastUs: Math.max(...times) as TimeUs,
  });
}

/** Half-second samples of a symbol over [startUs, endUs), each with 10 shares, and counters that agree with them. */
export function sampled(startUs: TimeUs, endUs: TimeUs, overrides: Partial<Tick> = {}, hz = 2): Tick[] {
  const ticks: Tick[] = [];
  for (let timeUs = startUs as number, n = 1; timeUs < endUs; timeUs += 1e6 / hz, n++) {
    ticks.push(
      sampleTick({
        eventTimeUs: timeUs as TimeUs,
        volume: 10,
        acmlVolume: 1_000 + n * 10,
        acmlValue: (1_000 + n * 10) * 71_500,
        ...overrides,
      }),
    );
  }
  return ticks;
}

export async function underived(db: TestDatabase): Promise<number[]> {
  const rows = await db.query<{ file_id: number }>(
    "SELECT file_id FROM ingest_files WHERE derived_at IS NULL ORDER BY file_id",
  );
  return rows.map((row) => row.file_id);
}

/** Every stored version of every row: unchanged exactly when nothing was written. */
export async function rowVersions(
  db: TestDatabase,
  table: "scalp_1m_bars" | "swing_bars_10m" | "scalp_gaps",
) {
  return await db.query(`SELECT xmin::text, ctid::text FROM ${table} ORDER BY 1, 2`);
}
