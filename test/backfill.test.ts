import { appendFile, readFile, writeFile } from "node:fs/promises";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { type BackfillReport, backfill, type FileOutcome } from "../src/ingest/index.ts";
import { kstMidnightUs, tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { barLine, type JsonlRoot, newJsonlRoot, tickLine, tickLines } from "./jsonl-root.ts";
import { losingCommitAnswers } from "./lossy-proxy.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

let db: TestDatabase;
let store: Store;
let root: JsonlRoot;

beforeAll(async () => {
  db = await freshDatabase();
  store = await openStore(db.urls);
});
afterAll(async () => {
  await store.close();
  await db.drop();
});
beforeEach(async () => {
  root = await newJsonlRoot();
  await db.query(
    "TRUNCATE scalp_ticks, swing_bars_10m, scalp_gaps, ingest_files, ingest_rejects, collector_sessions RESTART IDENTITY",
  );
});
afterEach(() => root.remove());

const load = (
  options: { workers?: number; blockBytes?: number; through?: Store } = {},
): Promise<BackfillReport> =>
  backfill({
    store: options.through ?? store,
    root: root.path,
    workers: options.workers ?? 1,
    ...(options.blockBytes === undefined ? {} : { blockBytes: options.blockBytes }),
    market: "krx",
    instruments: new Map(),
    nowUs: kstMidnightUs(tradeDate("2026-02-01")),
  });

const outcomes = (report: BackfillReport): FileOutcome[] => report.files.map(({ outcome }) => outcome);
const tickCount = async () =>
  Number((await db.query<{ n: string }>("SELECT count(*) AS n FROM scalp_ticks"))[0]?.n);
const rejects = () =>
  db.query<{ line: string; code: string; field: string; raw: Buffer }>(
    "SELECT line, code, field, raw FROM ingest_rejects ORDER BY file_id, line, code",
  );

describe("the optimistic path", () => {
  test("new ticks go straight into the table, every field as it came", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 3000));
    const [outcome] = outcomes(await load({ blockBytes: 100_000 }));
    expect(outcome).toMatchObject({
      kind: "loaded",
      lines: 3000,
      rows: 3000,
      duplicates: 0,
      rejects: 0,
      stagedChunks: 0,
    });
    expect(outcome?.kind === "loaded" && outcome.directChunks).toBeGreaterThan(5);
    const [row] = await db.query(
      `SELECT symbol, event_time, seq, bid_price::text, ask_price::text, last_price::text, bid_size::int, ask_size::int,
         volume::int, acml_volume, venue, session_id, schema_version, receive_time = event_time AS received,
         mitigation_level, quality_flag, spread::text, round(spread_pct, 8)::text AS spread_pct
       FROM scalp_ticks ORDER BY event_time OFFSET 3 LIMIT 1`,
    );
    expect(row).toEqual({
      symbol: "005930",
      event_time: new Date("2026-01-22T00:00:01.500Z"),
      seq: 0,
      bid_price: "71200.0000",
      ask_price: "71300.0000",
      last_price: "71300.0000",
      bid_size: 103,
      ask_size: 50,
      volume: 3,
      acml_volume: null,
      venue: null,
      session_id: "track_b_session",
      schema_version: "1.0",
      received: true,
      mitigation_level: 0,
      quality_flag: "normal",
      spread: "100.0000",
      spread_pct: "0.00140351",
    });
  });

  test("a month that has no partition gets one, also in the middle of a file", async () => {
    const far = { event_time: "2025-11-14T01:00:00.000Z", ts: "2025-11-14T01:00:00.000Z" };
    await root.write("scalp/20260122_0900.jsonl", [
      ...tickLines(0, 50),
      tickLine(0, far),
      ...tickLines(50, 100),
    ]);
    expect(outcomes(await load())).toMatchObject([{ kind: "loaded", rows: 101, stagedChunks: 0 }]);
  });

  test("files of several days load side by side", async () => {
    for (const day of [22, 23, 26, 27]) {
      const shift = (day - 22) * 172_800;
      await root.write(`scalp/202601${day}_0900.jsonl`, tickLines(shift, shift + 2000));
    }
    const report = await load({ workers: 2, blockBytes: 60_000 });
    expect(outcomes(report).every((outcome) => outcome.kind === "loaded" && outcome.rows === 2000)).toBe(
      true,
    );
    expect(await tickCount()).toBe(8000);
  });
});

describe("what is known already", () => {
  test("a loaded file is left alone", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    await load();
    expect(outcomes(await load())).toEqual([{ kind: "unchanged" }]);
  });

  test("the same content under another name, compressed, is recognised", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    await load();
    await root.write("scalp/archive/20260122_0900.jsonl.gz", tickLines(0, 100));
    const kinds = outcomes(await load()).map(({ kind }) => kind);
    expect(kinds.sort()).toEqual(["known", "unchanged"]);
    expect(await tickCount()).toBe(100);
  });

  test("ticks that are there already go through staging and are counted as duplicates", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    await load();
    await root.write("scalp/20260122_0930.jsonl", tickLines(50, 150));
    expect(outcomes(await load())).toMatchObject([
      { kind: "unchanged" },
      {
        kind: "loaded",
        rows: 50,
        duplicates: 50,
        conflicts: 0,
        rejects: 0,
        directChunks: 0,
        stagedChunks: 1,
      },
    ]);
    expect(await tickCount()).toBe(150);
  });

  test("another record under the same key is a conflict, kept whole", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 10, { seq: 0 }));
    await load();
    const contradiction = tickLine(4, { seq: 0, last_price: 71_000 });
    await root.write("scalp/other.jsonl", [contradiction, tickLine(10, { seq: 0 })]);
    expect(outcomes(await load())).toMatchObject([
      { kind: "unchanged" },
      { kind: "loaded", rows: 1, conflicts: 1, rejects: 1 },
    ]);
    expect(await rejects()).toMatchObject([
      { line: "1", code: "C-001", field: "(key)", raw: Buffer.from(contradiction) },
    ]);
  });

  test("different ticks of one instant, split over two files of a day, all stay", async () => {
    await root.write("scalp/20260122_0900.jsonl", [tickLine(0), tickLine(0, { volume: 7 })]);
    await load();
    await root.write("scalp/20260122_1000.jsonl", [tickLine(0, { volume: 8 })]);
    await load();
    const rows = await db.query("SELECT seq, volume::int FROM scalp_ticks ORDER BY seq");
    expect(rows).toEqual([
      { seq: 0, volume: 0 },
      { seq: 1, volume: 7 },
      { seq: 2, volume: 8 },
    ]);
  });
});

describe("files that change", () => {
  test("a file that grew goes on from its checkpoint, a torn last line included", async () => {
    const path = await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    const torn = tickLine(100);
    await appendFile(path, torn.slice(0, 80));
    expect(outcomes(await load())).toMatchObject([{ kind: "loaded", rows: 100, rejects: 1 }]);
    expect(await rejects()).toMatchObject([
      { line: "101", code: "L-002", raw: Buffer.from(torn.slice(0, 80)) },
    ]);
    expect(outcomes(await load())).toEqual([{ kind: "unchanged" }]);
    await appendFile(path, `${torn.slice(80)}\n${tickLine(101)}\n`);
    const [grown] = outcomes(await load());
    expect(grown).toMatchObject({ kind: "loaded", lines: 102, rows: 2, rejects: 0 });
    expect(await rejects()).toEqual([]);
    const [ledger] = await db.query("SELECT rows::int, rejects::int, lines::int, state FROM ingest_files");
    expect(ledger).toEqual({ rows: 102, rejects: 0, lines: 102, state: "loaded" });
  });

  test("a last line without its newline is loaded, and goes on when the newline comes", async () => {
    for (const newline of ["\n", "\r\n"]) {
      const whole = tickLines(0, 101).join(newline);
      const path = await root.write("scalp/20260122_0900.jsonl", whole);
      await load();
      await appendFile(path, `${newline}${tickLine(101)}`);
      expect(outcomes(await load())).toMatchObject([{ kind: "loaded", lines: 102, rows: 1, rejects: 0 }]);
      await appendFile(path, newline);
      expect(outcomes(await load())).toMatchObject([{ kind: "loaded", lines: 102, rows: 0, rejects: 0 }]);
      await appendFile(path, `${tickLine(102)} and more`);
      await load();
      await appendFile(path, newline);
      expect(outcomes(await load())).toMatchObject([{ kind: "loaded", lines: 103, rows: 0, rejects: 1 }]);
      const [ledger] = await db.query("SELECT rows::int, duplicates::int, lines::int FROM ingest_files");
      expect(ledger).toEqual({ rows: 102, duplicates: 0, lines: 103 });
      await db.query("TRUNCATE scalp_ticks, ingest_files, ingest_rejects");
    }
  });

  test("other content of the same length is reported as such", async () => {
    const path = await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    await load();
    await writeFile(path, (await readFile(path, "utf8")).replace("71000", "71050"));
    expect(outcomes(await load())).toMatchObject([
      { kind: "changed", detail: expect.stringMatching(/bytes are no longer those/) },
    ]);
  });

  test("a file whose beginning changed is reported and not mixed in", async () => {
    const path = await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    await load();
    const text = await readFile(path, "utf8");
    await writeFile(path, `${text.replace("71000", "71050")}${tickLine(100)}\n`);
    expect(outcomes(await load())).toMatchObject([{ kind: "changed" }]);
    expect(await tickCount()).toBe(100);
    expect((await db.query("SELECT state FROM ingest_files"))[0]).toEqual({ state: "changed" });
  });

  test("a file that shrank is reported", async () => {
    const path = await root.write("scalp/20260122_0900.jsonl", tickLines(0, 100));
    await load();
    await writeFile(path, tickLines(0, 40).join("\n"));
    expect(outcomes(await load())).toMatchObject([{ kind: "changed" }]);
  });
});

describe("bad input", () => {
  test("every bad line is rejected whole, with line, code and field; the rest is loaded", async () => {
    const bad: [string | Buffer, string, string][] = [
      ["not json", "V-001", "(line)"],
      ["[1,2]", "V-001", "(line)"],
      [tickLine(1, { last_price: null, bid_price: null }), "V-001", "last_price"],
      [tickLine(2, { event_time: "2026-02-30T00:00:00Z" }), "V-004", "event_time"],
      [tickLine(3, { event_time: "1970-01-01T00:00:01Z" }), "V-004", "event_time"],
      [tickLine(4, { event_time: "2031-01-01T00:00:01Z" }), "V-004", "event_time"],
      [tickLine(5, { last_price: -5 }), "V-006", "price, size, volume"],
      [
        tickLine(6, { bid_price: 71_500, ask_price: 71_400, event_time: "2026-01-22T02:00:00Z" }),
        "V-008",
        "ask_price",
      ],
      [tickLine(7, { volume: 20_000_000_000 }), "V-010", "volume"],
      [tickLine(8, { symbol: "AAPL" }), "V-011", "symbol"],
      [`${tickLine(9).slice(0, -1)},"last_price":1e308}`, "V-001", "last_price"],
      [Buffer.from([0x7b, 0xff, 0xfe, 0x7d]), "V-001", "(line)"],
      [`{"a":"${"x".repeat(1_200_000)}"}`, "L-001", "(line)"],
    ];
    const content = Buffer.concat([
      Buffer.from([0xef, 0xbb, 0xbf]),
      Buffer.from(`${tickLine(0)}\r\n\r\n`),
      ...bad.flatMap(([line]) => [Buffer.from(line), Buffer.from("\n")]),
      Buffer.from(tickLine(500)),
    ]);
    await root.write("scalp/20260122_0900.jsonl", content);
    const [outcome] = outcomes(await load());
    expect(outcome).toMatchObject({ kind: "loaded", rows: 2, rejects: bad.length });
    const found = await rejects();
    expect(found.map(({ code, field }) => [code, field])).toEqual(
      bad.map(([, code, field]) => [code, field]),
    );
    expect(found.map(({ line }) => Number(line))).toEqual(bad.map((_, index) => index + 3));
    for (const [index, [line]] of bad.entries()) {
      expect(found[index]?.raw.equals(Buffer.from(line).subarray(0, found[index].raw.length))).toBe(true);
    }
  });

  test("one line of 100 MB is rejected with its beginning, and memory does not grow with it", async () => {
    const big = Buffer.alloc(100 * 2 ** 20, 0x61);
    const content = Buffer.concat([Buffer.from(`${tickLine(0)}\n`), big, Buffer.from(`\n${tickLine(1)}\n`)]);
    await root.write("scalp/20260122_0900.jsonl.gz", content);
    expect(outcomes(await load())).toMatchObject([{ kind: "loaded", lines: 3, rows: 2, rejects: 1 }]);
    const [reject] = await db.query(
      "SELECT line::int, code, raw_bytes::int, length(raw) AS kept FROM ingest_rejects",
    );
    expect(reject).toEqual({ line: 2, code: "L-001", raw_bytes: 100 * 2 ** 20, kept: 64 * 1024 });
  });

  test("files of nothing, of garbage and a cut-off gzip end by name and stop nobody", async () => {
    await root.write("scalp/20260120_0900.jsonl", "");
    await root.write(
      "scalp/20260121_0900.jsonl",
      Buffer.from(Array.from({ length: 5000 }, (_, i) => (i * 7919) % 256)),
    );
    const whole = await root.write("scalp/20260122_0900.jsonl.gz", tickLines(0, 5000));
    await writeFile(whole, (await readFile(whole)).subarray(0, 20_000));
    await root.write("scalp/20260123_0900.jsonl", [barLine(0)]);
    await root.write("swing/20260122.jsonl", tickLines(0, 2));
    await root.write("system/gap_20260122.jsonl", tickLines(0, 2));
    const report = await load({ workers: 2, blockBytes: 50_000 });
    const byName = new Map(
      report.files.map(({ path, outcome }) => [path.slice(root.path.length + 1), outcome]),
    );
    expect(byName.get("scalp/20260120_0900.jsonl")).toMatchObject({ kind: "loaded", lines: 0, rows: 0 });
    expect(byName.get("scalp/20260121_0900.jsonl")).toMatchObject({ kind: "loaded", rows: 0 });
    expect(byName.get("scalp/20260122_0900.jsonl.gz")).toMatchObject({
      kind: "failed",
      code: "OBS_FILE_UNREADABLE",
    });
    expect(byName.get("scalp/20260123_0900.jsonl")).toMatchObject({ kind: "loaded", rows: 0, rejects: 1 });
    expect(byName.get("swing/20260122.jsonl")).toMatchObject({ kind: "loaded", rows: 0, rejects: 2 });
    expect(byName.get("system/gap_20260122.jsonl")).toMatchObject({ kind: "loaded", rows: 0, rejects: 2 });
    // What came out of the broken gzip before the break stays, and a mended file goes on from there.
    const before = await tickCount();
    expect(before).toBeGreaterThan(0);
    await root.write("scalp/20260122_0900.jsonl.gz", tickLines(0, 5000));
    await load();
    expect(await tickCount()).toBe(5000);
  });

  test("more refused lines than fit in memory are committed on the way", async () => {
    await root.write("scalp/20260122_0900.jsonl", "x\n".repeat(12_000) + tickLine(0));
    expect(outcomes(await load())).toMatchObject([
      { kind: "loaded", lines: 12_001, rows: 1, rejects: 12_000 },
    ]);
  });
});

describe("bars and gaps", () => {
  test("the later collected bar wins and keeps the quotes the newer lacks", async () => {
    await root.write("swing/20260122_1000.jsonl", [barLine(0), barLine(1)]);
    const later = { ts: "2026-01-22T08:00:00Z", bid_price: null, ask_price: null };
    const price = { open: 70_000, high: 70_300, low: 69_900, close: 70_300 };
    await root.write("swing/20260122_1600.jsonl", [barLine(0, { ...later, price, volume: 9 }), barLine(1)]);
    expect(outcomes(await load())).toMatchObject([
      { rows: 2, directChunks: 1 },
      { rows: 0, updated: 1, duplicates: 1, stagedChunks: 1 },
    ]);
    const rows = await db.query(
      "SELECT close::int, volume::int, bid_price::int, round(returns_pct, 6)::text AS r FROM swing_bars_10m ORDER BY bar_time",
    );
    expect(rows).toEqual([
      { close: 70_300, volume: 9, bid_price: 70_000, r: null },
      { close: 70_200, volume: 1001, bid_price: 70_100, r: "-0.001422" },
    ]);
  });

  test("bars loaded in the other order end the same", async () => {
    const price = { open: 70_000, high: 70_300, low: 69_900, close: 70_300 };
    const later = { ts: "2026-01-22T08:00:00Z", bid_price: null, ask_price: null, price, volume: 9 };
    await root.write("swing/20260122_0900.jsonl", [barLine(0, later)]);
    await root.write("swing/20260122_1000.jsonl", [barLine(0)]);
    await load();
    const rows = await db.query("SELECT close::int, volume::int, bid_price::int FROM swing_bars_10m");
    expect(rows).toEqual([{ close: 70_300, volume: 9, bid_price: 70_000 }]);
  });

  test("a gap that was opened and later closed is one row with the later end", async () => {
    const gap = (end: string, seconds: number) =>
      JSON.stringify({
        timestamp: end,
        gap_start_ts: "2026-01-22T00:31:00.000Z",
        gap_end_ts: end,
        gap_seconds: seconds,
        scope: "scalp",
        reason: "ws_disconnect",
        session_id: "track_b_session",
      });
    await root.write("system/gap_20260122.jsonl", [
      gap("2026-01-22T00:31:05.000Z", 5),
      gap("2026-01-22T00:37:00.000Z", 360),
    ]);
    await load();
    const rows = await db.query("SELECT gap_seconds, severity, symbol FROM scalp_gaps");
    expect(rows).toEqual([{ gap_seconds: 360, severity: "critical", symbol: null }]);
  });
});

describe("a database in trouble", () => {
  test("a connection cut in the middle of a load is made anew, and nothing is lost or doubled", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 40_000));
    const loading = load({ blockBytes: 30_000 });
    let cut = 0;
    while (cut < 2) {
      // Only a session of the same role may end another.
      const { rows: ended } = await store.writer.query<{ ok: boolean }>(
        "SELECT pg_terminate_backend(pid) AS ok FROM pg_stat_activity WHERE datname = current_database() AND application_name IN ('observer load scalp_ticks', 'observer load ledger')",
      );
      if (ended.some(({ ok }) => ok)) cut++;
      if ((await db.query("SELECT 1 FROM ingest_files WHERE state = 'loaded'")).length > 0) break;
    }
    expect(outcomes(await loading)).toMatchObject([{ kind: "loaded", lines: 40_000 }]);
    expect(cut).toBe(2);
    expect(await tickCount()).toBe(40_000);
    expect((await db.query("SELECT rows::int FROM ingest_files"))[0]).toEqual({ rows: 40_000 });
  });

  test("a COMMIT whose answer is lost is found done, and counted as it was", async () => {
    const proxy = await losingCommitAnswers(db.urls.writer, 2);
    const through = await openStore({ ...db.urls, writer: proxy.url });
    try {
      await root.write("scalp/20260122_0900.jsonl", [...tickLines(0, 100), "garbage"]);
      await root.write("scalp/20260122_1000.jsonl", tickLines(50, 150));
      expect(outcomes(await load({ through }))).toMatchObject([
        { kind: "loaded", rows: 100, duplicates: 0, rejects: 1, directChunks: 0, stagedChunks: 0 },
        { kind: "loaded", rows: 50, duplicates: 50, rejects: 0, directChunks: 0, stagedChunks: 0 },
      ]);
      expect(proxy.lost()).toBe(2);
    } finally {
      await through.close();
      await proxy.close();
    }
    expect(await tickCount()).toBe(150);
    expect(
      await db.query("SELECT rows::int, duplicates::int, rejects::int FROM ingest_files ORDER BY path"),
    ).toEqual([
      { rows: 100, duplicates: 0, rejects: 1 },
      { rows: 50, duplicates: 50, rejects: 0 },
    ]);
  });

  test("a chunk the database refuses ends its file; the next file of the lane loads none of it", async () => {
    await db.query("ALTER TABLE scalp_ticks ADD CONSTRAINT refused CHECK (session_id <> 'unwanted')");
    try {
      await root.write("scalp/20260122_0900.jsonl", tickLines(0, 50, { session_id: "unwanted" }));
      await root.write("scalp/20260122_1000.jsonl", tickLines(50, 100));
      expect(outcomes(await load())).toMatchObject([
        { kind: "failed", code: "OBS_LOAD_FAILED" },
        { kind: "loaded", rows: 50, directChunks: 1 },
      ]);
      expect(await tickCount()).toBe(50);
    } finally {
      await db.query("ALTER TABLE scalp_ticks DROP CONSTRAINT refused");
    }
  });

  test("of two back-fills at once the second is told to wait", async () => {
    await root.write("scalp/20260122_0900.jsonl", tickLines(0, 20_000));
    const first = load({ blockBytes: 30_000 });
    const registered = () => db.query("SELECT 1 FROM ingest_files");
    while ((await registered()).length === 0);
    await expect(load()).rejects.toMatchObject({ code: "OBS_BACKFILL_BUSY" });
    expect(outcomes(await first)).toMatchObject([{ kind: "loaded" }]);
  });
});
