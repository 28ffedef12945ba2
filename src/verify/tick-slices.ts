import { addDays, formatInstant, kstMidnightUs, type TradeDate, tradeDate } from "../record/index.ts";
import { type CheckContext, SAMPLES, type SampleRow } from "./check.ts";
import { type Defects, type SqlValue, sampleRows } from "./defects.ts";

/** A part of the ticks whose pages lie together, so that reading it does not read the rest of its partition. */
export interface TickSlice {
  /** null: all. */
  readonly symbols: readonly string[] | null;
  /** Korean dates, both included. */
  readonly from: TradeDate;
  readonly to: TradeDate;
}

/** Two of the reader pool's three connections: the two processors of the smallest machine we plan for. */
const AT_ONCE = 2;

/**
 * Slices of a day while a month lies in the order of time, slices of a symbol once it lies in the order of symbols.
 * Months whose ticks an archive holds have none.
 */
export async function tickSlices({ store, scope }: CheckContext): Promise<TickSlice[]> {
  const months = await sampleRows(store.reader, "verify_tick_ranges", [scope.start, scope.end]);
  const slices: TickSlice[] = [];
  for (const { first_date, last_date, lies_by_symbol } of months) {
    const [from, to] = [tradeDate(String(first_date)), tradeDate(String(last_date))];
    if (lies_by_symbol === true) {
      const values = sliceValues({ symbols: scope.symbols ?? null, from, to });
      const symbols = await sampleRows(store.reader, "verify_tick_symbols", values);
      for (const { symbol } of symbols) slices.push({ symbols: [String(symbol)], from, to });
    } else {
      for (let date = from; date <= to; date = addDays(date, 1))
        slices.push({ symbols: scope.symbols ?? null, from: date, to: date });
    }
  }
  return slices;
}

export function sliceValues({ symbols, from, to }: TickSlice): SqlValue[] {
  return [symbols, formatInstant(kstMidnightUs(from)), formatInstant(kstMidnightUs(addDays(to, 1)))];
}

/** Asks a question of every slice of the scope, two at a time; its arguments are the slice's and the most rows wanted. */
export async function findInSlices(context: CheckContext, question: string): Promise<Defects> {
  let count = 0;
  const samples: SampleRow[] = [];
  await eachSlice(context, question, SAMPLES, (_, rows) => {
    count += Number(rows[0]?.defects ?? 0);
    for (const { defects: _defects, ...key } of rows) if (samples.length < SAMPLES) samples.push(key);
  });
  return { count, samples };
}

/** Every row a question finds, slice by slice. */
export async function allInSlices(
  context: CheckContext,
  question: string,
): Promise<{ slice: TickSlice; rows: SampleRow[] }[]> {
  const found: { slice: TickSlice; rows: SampleRow[] }[] = [];
  await eachSlice(context, question, null, (slice, rows) => {
    if (rows.length > 0) found.push({ slice, rows });
  });
  return found;
}

async function eachSlice(
  context: CheckContext,
  question: string,
  limit: number | null,
  take: (slice: TickSlice, rows: SampleRow[]) => void,
): Promise<void> {
  const slices = await tickSlices(context);
  const results: SampleRow[][] = [];
  let next = 0;
  const work = async () => {
    for (let index = next++; index < slices.length; index = next++) {
      const slice = slices[index];
      if (slice !== undefined) results[index] = await askSlice(context, question, slice, limit);
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  for (const [index, slice] of slices.entries()) take(slice, results[index] ?? []);
}

async function askSlice(
  { store }: CheckContext,
  question: string,
  slice: TickSlice,
  limit: number | null,
): Promise<SampleRow[]> {
  const client = await store.reader.connect();
  let failed = true;
  try {
    await client.query("BEGIN READ ONLY");
    // Room to group the minutes of a slice in memory; the slices are asked side by side, so workers would only queue.
    await client.query("SET LOCAL work_mem = '32MB'; SET LOCAL max_parallel_workers_per_gather = 0");
    const rows = await sampleRows(client, question, [...sliceValues(slice), limit]);
    await client.query("COMMIT");
    failed = false;
    return rows;
  } finally {
    client.release(failed);
  }
}
