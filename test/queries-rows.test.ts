import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import type { ObserverError } from "../src/errors/index.ts";
import { type Price, SECOND_US, type TimeUs } from "../src/record/index.ts";
import {
  get1mBars,
  getBarsInRange,
  getLatestBarPerSymbol,
  getLatestBars,
  getLatestTicks,
  getTicksInRange,
  openClient,
  openStore,
  type Page,
  type Store,
  stream1mBars,
  streamBars,
  streamTicks,
  type TickRow,
} from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { kst, won } from "./sample-records.ts";

let db: TestDatabase;
let store: Store;

const DAY = "2026-01-31";
const OPEN = kst(DAY, "09:00:00");
const CLOSE = kst(DAY, "15:30:00");
const at = (timeUs: TimeUs, seconds: number) => (timeUs + seconds * SECOND_US) as TimeUs;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
  await db.query(
    "SELECT create_monthly_partition('scalp_ticks', m) FROM unnest('{2026-01-01,2026-02-01}'::date[]) m",
  );
  // Five ticks share each second, and the month changes (in Korea) between second 299 and 300.
  await db.query(`
    INSERT INTO scalp_ticks (symbol, event_time, seq, bid_price, ask_price, last_price, volume, session_id)
    SELECT symbol, '2026-01-31 23:55:00+09'::timestamptz + make_interval(secs => i / 5), i % 5, 71400, 71500.5, 71450.0001, i, 's1'
    FROM generate_series(0, 2999) i, unnest('{005930,000660}'::text[]) symbol`);
  await db.query(`
    INSERT INTO scalp_ticks (symbol, event_time, session_id, quality_flag, receive_time)
    VALUES ('0001A0', '2026-01-31 09:00:00.000001+09', 's1', 'gap', NULL)`);
  await db.query(`
    INSERT INTO scalp_1m_bars (symbol, bar_time, open, high, low, close, volume, value, tick_count, coverage_ratio, session_id)
    SELECT '005930', '2026-01-31 09:00+09'::timestamptz + make_interval(mins => i), 100, 101, 99, 100 + i, i,
      9007199254740993.0001, 60, 0.5, 's1'
    FROM generate_series(0, 389) i`);
  await db.query(`
    INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, bid_price, ask_price, session_id)
    SELECT symbol, '2026-01-31 09:00+09'::timestamptz + make_interval(mins => 10 * i), 100, 101, 99, 100 + i, i, 100, 101, 's1'
    FROM generate_series(0, 38) i, unnest('{005930,000660,0001A0}'::text[]) symbol
    WHERE symbol <> '0001A0' OR i < 3`);
});

afterAll(async () => {
  await store.close();
  await db.drop();
});

async function walk<Row>(read: (cursor: string | null) => Promise<Page<Row>>): Promise<Row[]> {
  const rows: Row[] = [];
  let cursor: string | null = null;
  do {
    const page: Page<Row> = await read(cursor);
    rows.push(...page.rows);
    cursor = page.nextCursor;
  } while (cursor !== null);
  return rows;
}

async function collect<Row>(stream: AsyncIterable<Row>): Promise<Row[]> {
  const rows: Row[] = [];
  for await (const row of stream) rows.push(row);
  return rows;
}

const keyOf = (tick: TickRow) => `${tick.eventTimeUs}/${tick.seq}`;
const START = kst(DAY, "23:55:00");
const END = at(START, 600);

describe("ticks", () => {
  test("latest first, across months and within an instant", async () => {
    const ticks = await getLatestTicks(store, "005930", 7);
    expect(ticks.map((tick) => [tick.eventTimeUs, tick.seq])).toEqual([
      ...[4, 3, 2, 1, 0].map((seq) => [at(START, 599), seq]),
      [at(START, 598), 4],
      [at(START, 598), 3],
    ]);
  });

  test("carry exact prices and null for what was not sent", async () => {
    const [sent] = await getLatestTicks(store, "000660", 1);
    expect(sent).toMatchObject({
      symbol: "000660",
      bidPrice: won(71_400),
      askPrice: won(71_500.5),
      lastPrice: won(71_450.0001),
      spread: won(100.5),
      volume: 2999,
      bidSize: null,
      acmlValue: null,
      venue: null,
      qualityFlag: "normal",
      mitigationLevel: 0,
    });
    expect(sent?.spreadPct).toBeCloseTo(100.5 / 71_450.25, 7);
    const [bare] = await getLatestTicks(store, "0001A0");
    expect(bare).toMatchObject({
      eventTimeUs: OPEN + 1,
      lastPrice: null,
      spread: null,
      spreadPct: null,
      receiveTimeUs: null,
      qualityFlag: "gap",
    });
  });

  test.each([1, 4, 5, 7, 999, 3000, 10_000])("pages of %i rows are the whole range, once", async (limit) => {
    // A page for each row of a long range would take minutes and show nothing that 20 seconds do not.
    const end = limit === 1 ? at(START, 20) : END;
    const whole = await collect(streamTicks(store, "005930", START, end));
    const walked = await walk((cursor) => getTicksInRange(store, "005930", START, end, { limit, cursor }));
    expect(walked).toEqual(whole);
    expect(new Set(walked.map(keyOf)).size).toBe(limit === 1 ? 100 : 3000);
  });

  test("the range holds its start and not its end", async () => {
    const { rows, nextCursor } = await getTicksInRange(store, "005930", at(START, 299), at(START, 301));
    expect(rows.map((tick) => tick.eventTimeUs)).toEqual([
      ...Array(5).fill(at(START, 299)),
      ...Array(5).fill(at(START, 300)),
    ]);
    expect(nextCursor).toBeNull();
    const upTo = await getTicksInRange(store, "0001A0", OPEN, (OPEN + 1) as TimeUs);
    expect(upTo.rows).toEqual([]);
    const from = await getTicksInRange(store, "0001A0", (OPEN + 1) as TimeUs, (OPEN + 2) as TimeUs);
    expect(from.rows).toHaveLength(1);
  });

  test("rows that arrive between two pages are neither lost nor read twice", async () => {
    const first = await getTicksInRange(store, "000660", START, END, { limit: 10 });
    await db.query(`
      INSERT INTO scalp_ticks (symbol, event_time, seq, session_id)
      VALUES ('000660', '2026-01-31 23:55:00+09', 9, 's1'), ('000660', '2026-01-31 23:55:02.5+09', 0, 's1')`);
    const second = await getTicksInRange(store, "000660", START, END, {
      limit: 10,
      cursor: first.nextCursor,
    });
    const keys = [...first.rows, ...second.rows].map((tick) => tick.eventTimeUs);
    expect(keys).toContain(at(START, 2.5));
    expect(keys).toEqual([...keys].sort((a, b) => a - b));
  });
});

describe("bars", () => {
  test("of one minute keep money exact beyond what a double holds", async () => {
    const { rows } = await get1mBars(store, "005930", OPEN, CLOSE, { limit: 2 });
    expect(rows.map((bar) => bar.barTimeUs)).toEqual([OPEN, at(OPEN, 60)]);
    expect(rows[0]).toMatchObject({
      value: 90_071_992_547_409_930_001n,
      close: won(100),
      vwap: null,
      tickCount: 60,
      coverageRatio: 0.5,
      qualityGrade: "C",
    });
  });

  test("of one minute: pages and stream agree", async () => {
    const walked = await walk((cursor) => get1mBars(store, "005930", OPEN, CLOSE, { limit: 100, cursor }));
    expect(walked).toHaveLength(390);
    expect(await collect(stream1mBars(store, "005930", OPEN, CLOSE))).toEqual(walked);
  });

  test("of ten minutes: latest, ranges, pages and stream agree", async () => {
    const walked = await walk((cursor) =>
      getBarsInRange(store, "005930", OPEN, CLOSE, { limit: 10, cursor }),
    );
    expect(walked).toHaveLength(39);
    expect(await collect(streamBars(store, "005930", OPEN, CLOSE))).toEqual(walked);
    expect(await getLatestBars(store, "005930")).toEqual(walked.toReversed());
    expect(walked[1]).toMatchObject({ returnsPct: 0.01, bidPrice: won(100) });
  });

  test("the newest of every symbol", async () => {
    const bars = await getLatestBarPerSymbol(store);
    expect(bars.map((bar) => [bar.symbol, bar.barTimeUs, bar.close])).toEqual([
      ["0001A0", at(OPEN, 20 * 60), won(102)],
      ["000660", at(OPEN, 380 * 60), won(138)],
      ["005930", at(OPEN, 380 * 60), won(138)],
    ]);
  });

  test("of a symbol nobody collected are none", async () => {
    expect(await getLatestBars(store, "999999")).toEqual([]);
    expect(await getBarsInRange(store, "999999", OPEN, CLOSE)).toEqual({ rows: [], nextCursor: null });
  });
});

describe("a stream", () => {
  const connections = async () => {
    const rows = await db.query<{ n: number }>(
      "SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'observer stream'",
    );
    return rows[0]?.n;
  };

  test("left early closes its connection", async () => {
    for await (const tick of streamTicks(store, "005930", START, END)) {
      expect(await connections()).toBe(1);
      if (tick.seq === 1) break;
    }
    await expect.poll(connections).toBe(0);
  });

  test("whose consumer throws closes its connection", async () => {
    const consume = async () => {
      for await (const tick of streamTicks(store, "005930", START, END)) throw new Error(tick.symbol);
    };
    await expect(consume()).rejects.toThrow("005930");
    await expect.poll(connections).toBe(0);
  });

  test("that nobody reads opens none, and one read to its end leaves none", async () => {
    const unread = streamTicks(store, "005930", START, END);
    expect(await connections()).toBe(0);
    await unread.return();
    expect(await collect(streamTicks(store, "005930", START, END))).toHaveLength(3000);
    await expect.poll(connections).toBe(0);
  });

  test("takes none of the pool's connections", async () => {
    const streams = Array.from({ length: 6 }, () => streamTicks(store, "005930", START, END));
    await Promise.all(streams.map((stream) => stream.next()));
    expect(await getLatestTicks(store, "005930", 1)).toHaveLength(1);
    await Promise.all(streams.map((stream) => stream.return()));
    await expect.poll(connections).toBe(0);
  });

  test("cut by the server says which query was cut", async () => {
    const admin = await openClient(inject("postgres").adminUrl, "observer test");
    const stream = streamTicks(store, "005930", START, END);
    await stream.next();
    await admin.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1 AND application_name = 'observer stream'",
      [db.name],
    );
    await admin.end();
    await expect(collect(stream)).rejects.toMatchObject({
      code: "OBS_DATABASE_UNREACHABLE",
      message: expect.stringContaining("ticks_in_range"),
    });
    await expect.poll(connections).toBe(0);
  });
});

describe("arguments are refused before the database is asked", () => {
  const refused = { code: "OBS_ARGUMENT_INVALID", exitCode: 2 };
  const ask = (act: () => unknown) => Promise.resolve().then(act);
  const bad = "" as string;
  const half = 0.5 as TimeUs;

  test.each<[string, () => unknown]>([
    ["an empty symbol", () => getLatestTicks(store, bad)],
    ["a symbol with a quote", () => getLatestTicks(store, "005930'; DROP TABLE scalp_ticks")],
    ["a symbol in lower case", () => getLatestBars(store, "0001a0")],
    ["a symbol of 21 characters", () => getLatestBars(store, "0".repeat(21))],
    ["limit 0", () => getLatestTicks(store, "005930", 0)],
    ["limit 10001", () => getLatestTicks(store, "005930", 10_001)],
    ["limit 1.5", () => getLatestBars(store, "005930", 1.5)],
    ["limit NaN", () => getLatestBars(store, "005930", Number.NaN)],
    ["a page limit of 0", () => getTicksInRange(store, "005930", START, END, { limit: 0 })],
    ["an empty range", () => getTicksInRange(store, "005930", START, START)],
    ["a range that runs backwards", () => get1mBars(store, "005930", CLOSE, OPEN)],
    ["half a microsecond", () => getBarsInRange(store, "005930", half, END)],
    ["a stream's range that runs backwards", () => streamTicks(store, "005930", END, START)],
    ["a stream's symbol", () => streamBars(store, "005930 ", START, END)],
  ])("%s", async (_, act) => {
    await expect(ask(act)).rejects.toMatchObject(refused);
  });

  test("and say how to mend it", async () => {
    const error = await getLatestTicks(store, "x").catch((reason: ObserverError) => reason);
    expect(error).toMatchObject({ message: 'not a symbol: "x"', mend: expect.stringContaining("005930") });
  });
});

describe("a cursor is refused when", () => {
  const refused = { code: "OBS_ARGUMENT_INVALID", mend: expect.stringContaining("nextCursor") };
  const cursorOf = async () => {
    const { nextCursor } = await getTicksInRange(store, "005930", START, END, { limit: 3 });
    if (nextCursor === null) throw new Error("there is a next page");
    return nextCursor;
  };
  const read = (cursor: string) => getTicksInRange(store, "005930", START, END, { limit: 3, cursor });

  test("it was made up", async () => {
    const forged = Buffer.from('["2026-01-31T15:00:00.000Z",0]').toString("base64url");
    for (const cursor of ["", "AAAA", "not a cursor", "🙂", forged])
      await expect(read(cursor)).rejects.toMatchObject(refused);
  });

  test("any character was changed, added or cut", async () => {
    const cursor = await cursorOf();
    for (let i = 0; i < cursor.length; i++) {
      const other = cursor[i] === "A" ? "B" : "A";
      await expect(read(cursor.slice(0, i) + other + cursor.slice(i + 1))).rejects.toMatchObject(refused);
    }
    await expect(read(`${cursor}A`)).rejects.toMatchObject(refused);
    await expect(read(`${cursor} `)).rejects.toMatchObject(refused);
    await expect(read(cursor.slice(0, -1))).rejects.toMatchObject(refused);
  });

  test("it belongs to another symbol, range or query", async () => {
    const cursor = await cursorOf();
    const end = (END - 1) as TimeUs;
    await expect(getTicksInRange(store, "000660", START, END, { cursor })).rejects.toMatchObject(refused);
    await expect(getTicksInRange(store, "005930", START, end, { cursor })).rejects.toMatchObject(refused);
    await expect(getBarsInRange(store, "005930", START, END, { cursor })).rejects.toMatchObject(refused);
  });

  test("but another limit may go on from it", async () => {
    const { rows } = await getTicksInRange(store, "005930", START, END, {
      limit: 1,
      cursor: await cursorOf(),
    });
    expect(rows.map((tick) => [tick.eventTimeUs, tick.seq, tick.lastPrice])).toEqual([
      [START, 3, 714_500_001 as Price],
    ]);
  });
});

describe("failures", () => {
  test("of the schema name the query and the mend", async () => {
    const empty = await freshDatabase({ migrated: false });
    const bare = await openStore(empty.urls);
    await expect(getLatestTicks(bare, "005930")).rejects.toMatchObject({
      code: "OBS_QUERY_FAILED",
      message: expect.stringContaining("latest_ticks"),
      mend: expect.stringContaining("observer db migrate"),
    });
    await bare.close();
    await empty.drop();
  });
});
