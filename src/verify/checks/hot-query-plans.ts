import { formatInstant, MINUTE_US, type TimeUs } from "../../record/index.ts";
import { sqlFile } from "../../store/index.ts";
import { type Check, type CheckContext, SAMPLES, type SampleRow } from "../check.ts";
import { resultOf } from "../defects.ts";
import { scannedTables } from "../plan-nodes.ts";

/** Below this many rows reading all of a table may be the best plan there is. */
const BIG_TABLE_ROWS = 100_000;
const HOUR_US = 60 * MINUTE_US;
const PAGE = 100;

interface HotTable {
  table_name: string;
  rows: number | null;
  symbol: string;
  at: TimeUs;
}

/** The questions that dashboards and scripts ask all day, with arguments about the newest rows of the table. */
const HOT_QUESTIONS: Readonly<
  Record<string, readonly { question: string; values: (hot: HotTable) => unknown[] }[]>
> = {
  scalp_ticks: [
    { question: "latest_ticks", values: ({ symbol }) => [symbol, PAGE] },
    {
      question: "ticks_in_range",
      values: ({ symbol, at }) => [symbol, ago(at, HOUR_US), ago(at, 0), ago(at, HOUR_US), 0, PAGE],
    },
  ],
  scalp_1m_bars: [
    {
      question: "minute_bars_in_range",
      values: ({ symbol, at }) => [symbol, ago(at, 0), ago(at, HOUR_US), PAGE],
    },
  ],
  swing_bars_10m: [
    { question: "latest_swing_bars", values: ({ symbol }) => [symbol, PAGE] },
    {
      question: "swing_bars_in_range",
      values: ({ symbol, at }) => [symbol, ago(at, 0), ago(at, 24 * HOUR_US), PAGE],
    },
    {
      question: "latest_normal_swing_bars",
      values: ({ symbol, at }) => [symbol, ago(at, 24 * HOUR_US), PAGE],
    },
    {
      question: "swing_bars_of_symbols",
      values: ({ symbol, at }) => [[symbol], ago(at, 24 * HOUR_US), ago(at, 0), PAGE],
    },
  ],
};

const ago = (at: TimeUs, us: number) => formatInstant((at - us) as TimeUs);

export const hotQueryPlans: Check = {
  name: "hot-query-plans",
  area: "plans",
  question: "Do the questions that are asked all day find their rows by an index?",
  tables: Object.keys(HOT_QUESTIONS),
  run: async (context) => {
    const tables = await bigTables(context);
    if (tables.length === 0) {
      const reason = `no table has ${BIG_TABLE_ROWS} rows that are analysed: the planner has no reason to use an index`;
      return { kind: "skipped", reason };
    }
    const found: SampleRow[] = [];
    for (const table of tables) found.push(...(await scannedByQuestions(context, table)));
    return resultOf(
      { count: found.length, samples: found.slice(0, SAMPLES) },
      {
        likelyCause: "an index is missing, or the statistics of the table are old.",
        mend: "observer repair --check schema-manifest makes missing indexes; ANALYZE the table if none is missing.",
      },
    );
  },
};

async function bigTables({ store }: CheckContext): Promise<HotTable[]> {
  const { rows } = await store.reader.query<HotTable>(sqlFile("verify_hot_tables"));
  return rows.filter((table) => table.rows !== null && table.rows >= BIG_TABLE_ROWS);
}

async function scannedByQuestions({ store }: CheckContext, table: HotTable): Promise<SampleRow[]> {
  const found: SampleRow[] = [];
  for (const { question, values } of HOT_QUESTIONS[table.table_name] ?? []) {
    const explained = await store.reader.query<{ "QUERY PLAN": unknown }>(
      `EXPLAIN (FORMAT JSON) ${sqlFile(question)}`,
      values(table),
    );
    for (const scanned of scannedTables(explained.rows[0]?.["QUERY PLAN"])) {
      if (scanned.startsWith(table.table_name))
        found.push({ question, table_name: scanned, rows: table.rows });
    }
  }
  return found;
}
