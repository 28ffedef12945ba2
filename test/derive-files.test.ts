import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { buildBars, deriveForFiles } from "../src/derive/index.ts";
import { ABSENT, MINUTE_US, type TimeUs, tradeDate } from "../src/record/index.ts";
import {
  type DeriveBench,
  emptyTables,
  insertDueFile,
  insertTicks,
  loadTicks,
  openDeriveBench,
  rowVersions,
  sampled,
  underived,
} from "./derive-fixture.ts";
import { kst, sampleTick, won } from "./sample-records.ts";

let bench: DeriveBench;
beforeAll(async () => {
  bench = await openDeriveBench();
});
afterAll(() => bench.close());
beforeEach(() => emptyTables(bench.db));

const DATE = "2026-01-22";
const at = (clock: string) => kst(DATE, clock);

const bars = () => bench.db.query("SELECT * FROM scalp_1m_bars ORDER BY symbol, bar_time");
const versionsByMinute = async () =>
  new Map(
    (
      await bench.db.query<{ minute: string; version: string }>(
        `SELECT to_char(bar_time AT TIME ZONE 'Asia/Seoul', 'HH24:MI') AS minute, xmin::text AS version
         FROM scalp_1m_bars`,
      )
    ).map((row) => [row.minute, row.version]),
  );

describe("work due for files", () => {
  test("is done once, and the second run finds none", async () => {
    await loadTicks(bench.db, 1, sampled(at("09:55:00"), at("10:05:00")));
    await loadTicks(bench.db, 2, sampled(at("10:05:00"), at("10:06:00")));
    expect(await deriveForFiles(bench.store)).toMatchObject({
      files: 2,
      filesDerived: 2,
      days: 1,
      barsInserted: 11,
      barsUpdated: 0,
      interrupted: false,
    });
    expect(await underived(bench.db)).toEqual([]);
    const versions = await rowVersions(bench.db, "scalp_1m_bars");
    expect(await deriveForFiles(bench.store)).toMatchObject({ files: 0, filesDerived: 0, ticks: 0 });
    expect(await rowVersions(bench.db, "scalp_1m_bars")).toEqual(versions);
  });

  test("gives what building the whole range gives, over midnight and months", async () => {
    await loadTicks(bench.db, 1, [
      ...sampled(kst("2026-01-30", "15:18:00"), kst("2026-01-30", "15:21:00")),
      ...sampled(kst("2026-02-02", "09:00:00"), kst("2026-02-02", "09:02:00")),
    ]);
    await deriveForFiles(bench.store);
    const built = await bars();
    expect(built).toHaveLength(5);
    expect(
      await buildBars(bench.store, { from: tradeDate("2026-01-29"), to: tradeDate("2026-02-03") }),
    ).toMatchObject({ minutes: 5, inserted: 0, updated: 0, removed: 0 });
  });

  test("needs no bars from files without records, daily prices or ledgers that meet no hole", async () => {
    await bench.db.query(
      "INSERT INTO ingest_files (file_id, path, dataset, state) VALUES (1, 'empty.jsonl', 'scalp', 'loaded')",
    );
    await insertDueFile(bench.db, {
      fileId: 2,
      dataset: "daily",
      firstUs: at("00:00:00"),
      lastUs: at("00:00:00"),
    });
    await insertDueFile(bench.db, {
      fileId: 3,
      dataset: "gap",
      firstUs: at("10:00:00"),
      lastUs: at("11:00:00"),
    });
    expect(await deriveForFiles(bench.store)).toMatchObject({ files: 3, filesDerived: 3, days: 0 });
  });

  test("is refused while another process does it", async () => {
    await loadTicks(bench.db, 1, sampled(at("10:00:00"), at("10:02:00")));
    const holder = await bench.store.writer.connect();
    try {
      // Neither of the two can end while the bars are locked, so the first to answer is the one refused.
      await holder.query("BEGIN; LOCK TABLE scalp_1m_bars IN EXCLUSIVE MODE");
      const both = [deriveForFiles(bench.store), deriveForFiles(bench.store)];
      await expect(Promise.race(both)).rejects.toMatchObject({ code: "OBS_DERIVE_BUSY" });
      await holder.query("ROLLBACK");
      const outcomes = await Promise.allSettled(both);
      expect(outcomes.map((outcome) => outcome.status).sort()).toEqual(["fulfilled", "rejected"]);
    } finally {
      holder.release();
    }
  });
});

describe("a late tick", () => {
  beforeEach(async () => {
    // Without counters, as older collectors write.
    await loadTicks(
      bench.db,
      1,
      sampled(at("10:00:00"), at("10:10:00"), { acmlVolume: ABSENT, acmlValue: ABSENT }),
    );
    await deriveForFiles(bench.store);
  });

  test("rebuilds its minute and no other", async () => {
    const before = await versionsByMinute();
    await loadTicks(bench.db, 2, [
      sampleTick({ eventTimeUs: (at("10:04:00") + 250_000) as TimeUs, lastPrice: won(71_900), volume: 7 }),
    ]);
    expect(await deriveForFiles(bench.store)).toMatchObject({
      minutes: 1,
      barsInserted: 0,
      barsUpdated: 1,
      ticks: 121,
    });
    const after = await versionsByMinute();
    const changed = [...after].filter(([minute, version]) => before.get(minute) !== version);
    expect(changed.map(([minute]) => minute)).toEqual(["10:04"]);
    expect(
      await bench.db.query("SELECT high, volume::int FROM scalp_1m_bars WHERE tick_count = 121"),
    ).toEqual([{ high: "71900.0000", volume: 1207 }]);
  });

  test("that changes nothing in its minute's bar writes nothing", async () => {
    await bench.db.query("UPDATE ingest_files SET derived_at = NULL");
    const versions = await rowVersions(bench.db, "scalp_1m_bars");
    expect(await deriveForFiles(bench.store)).toMatchObject({ minutes: 10, barsInserted: 0, barsUpdated: 0 });
    expect(await rowVersions(bench.db, "scalp_1m_bars")).toEqual(versions);
  });

  test("that carries a counter also mends the minute counted from it", async () => {
    await emptyTables(bench.db);
    const all = sampled(at("10:00:00"), at("10:03:00"));
    const lastOfFirst = all[119];
    if (lastOfFirst === undefined) throw new Error("the samples are too few");
    await loadTicks(
      bench.db,
      1,
      all.filter((tick) => tick !== lastOfFirst),
    );
    await deriveForFiles(bench.store);
    const volumes = () =>
      bench.db.query("SELECT volume::int, volume_capture FROM scalp_1m_bars ORDER BY bar_time");
    expect(await volumes()).toEqual([
      { volume: 1190, volume_capture: null },
      { volume: 1210, volume_capture: 1200 / 1210 },
      { volume: 1200, volume_capture: 1 },
    ]);
    await loadTicks(bench.db, 2, [lastOfFirst]);
    expect(await deriveForFiles(bench.store)).toMatchObject({ minutes: 2, barsUpdated: 2 });
    expect(await volumes()).toEqual([
      { volume: 1200, volume_capture: null },
      { volume: 1200, volume_capture: 1 },
      { volume: 1200, volume_capture: 1 },
    ]);
  });
});

describe("work that is stopped", () => {
  const files = async () => {
    await loadTicks(bench.db, 1, sampled(at("09:00:00"), at("09:45:00")));
    await loadTicks(bench.db, 2, sampled(at("09:45:00"), at("10:40:00")));
    await loadTicks(bench.db, 3, sampled(kst("2026-01-23", "09:00:00"), kst("2026-01-23", "09:05:00")));
  };

  test("by its signal stays due and is finished by the next run", async () => {
    await files();
    const stop = new AbortController();
    // Half an hour, and the minute after it that counts from its last tick.
    const report = await deriveForFiles(bench.store, { signal: stop.signal, onProgress: () => stop.abort() });
    expect(report).toMatchObject({ interrupted: true, filesDerived: 0, barsInserted: 31 });
    expect(await underived(bench.db)).toEqual([1, 2, 3]);
    expect(await deriveForFiles(bench.store)).toMatchObject({
      filesDerived: 3,
      barsInserted: 74,
      barsUpdated: 0,
    });
    expect(await underived(bench.db)).toEqual([]);
  });

  test("by a fault after the first date keeps that date done", async () => {
    await files();
    const fault = new Error("the power went out");
    const stopped = deriveForFiles(bench.store, {
      onProgress: ({ daysDone }) => {
        if (daysDone === 1) throw fault;
      },
    });
    await expect(stopped).rejects.toBe(fault);
    expect(await underived(bench.db)).toEqual([3]);
    expect(await deriveForFiles(bench.store)).toMatchObject({ files: 1, filesDerived: 1, barsInserted: 5 });
  });

  test("by the database leaves nothing half done", async () => {
    await files();
    // The last transaction of the first date fails: its bars stay, its files stay due.
    await bench.db.query("ALTER TABLE ingest_files ADD CONSTRAINT not_now CHECK (derived_at IS NULL)");
    await expect(deriveForFiles(bench.store)).rejects.toThrow(/not_now/);
    expect(await underived(bench.db)).toEqual([1, 2, 3]);
    expect(await bars()).toHaveLength(100);
    await bench.db.query("ALTER TABLE ingest_files DROP CONSTRAINT not_now");
    expect(await deriveForFiles(bench.store)).toMatchObject({
      filesDerived: 3,
      barsInserted: 5,
      barsUpdated: 0,
    });
  });

  test("by more rows of the same file stays due for them", async () => {
    await loadTicks(bench.db, 1, sampled(at("10:00:00"), at("10:02:00")));
    await bench.db.query(`
      CREATE FUNCTION load_more() RETURNS trigger LANGUAGE plpgsql AS
        'BEGIN UPDATE ingest_files SET checkpoint_bytes = checkpoint_bytes + 100; RETURN NULL; END';
      CREATE TRIGGER load_more AFTER INSERT ON scalp_1m_bars FOR EACH STATEMENT EXECUTE FUNCTION load_more()`);
    try {
      expect(await deriveForFiles(bench.store)).toMatchObject({ files: 1, filesDerived: 0, barsInserted: 2 });
      expect(await underived(bench.db)).toEqual([1]);
    } finally {
      await bench.db.query("DROP FUNCTION load_more CASCADE");
    }
    expect(await deriveForFiles(bench.store)).toMatchObject({ files: 1, filesDerived: 1, barsUpdated: 0 });
  });
});

test("a file spanning years because of one odd record is worked on where it has records", async () => {
  const odd = sampleTick({ eventTimeUs: kst("2024-03-05", "10:00:00") });
  await insertTicks(
    bench.db,
    [odd, ...sampled(at("10:00:00"), (at("10:00:00") + 2 * MINUTE_US) as TimeUs)],
    1,
  );
  await insertDueFile(bench.db, {
    fileId: 1,
    dataset: "scalp",
    firstUs: odd.eventTimeUs,
    lastUs: at("10:02:00"),
  });
  expect(await deriveForFiles(bench.store)).toMatchObject({ filesDerived: 1, barsInserted: 3 });
});
