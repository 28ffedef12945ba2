import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type OptimizeSqlOptions, optimizeSql, rankCandidates } from "../src/evidence/index.ts";
import { tradingDays } from "../src/market/index.ts";
import { tradeDate } from "../src/record/index.ts";
import { openStore, type Store } from "../src/store/index.ts";
import { freshDatabase, type TestDatabase } from "./postgres.ts";
import { slotUs, type TestBar, writeBars } from "./swing-sessions.ts";

const FROM = tradeDate("2025-03-04");
const TO = tradeDate("2025-04-30");
const SLOTS = 39;

/** mulberry32: seeded, so that every run of the test sees the same market. */
function randomFrom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

/**
 * A random walk with moves of about 0.7 % a bar. `rebound`: how much of a fall of 1 % or more the next six bars
 * take back on average, the planted effect; 0 is pure noise.
 */
function market(symbol: string, seed: number, rebound = 0): TestBar[] {
  const random = randomFrom(seed);
  let close = 50_000;
  let owed = 0;
  return tradingDays(FROM, TO).flatMap(({ date }) => {
    owed = 0;
    return Array.from({ length: SLOTS }, (_, slot) => {
      // The sum of three uniforms is near enough to normal, and has no wild tail.
      const noise = (random() + random() + random() - 1.5) * 0.014;
      const back = owed / 6;
      owed -= back;
      const open = close;
      close = Math.round(close * (1 + noise + back));
      if (close / open - 1 <= -0.01) owed += -(close / open - 1) * rebound;
      return { symbol, barTimeUs: slotUs(date, 9, slot), open, close, quality: "normal" as const };
    });
  });
}

const SEARCH: OptimizeSqlOptions = {
  symbols: ["P00001"],
  from: FROM,
  to: TO,
  costs: "none",
  codeVersion: "test",
};
const NOISE = Array.from({ length: 40 }, (_, i) => `N${String(i).padStart(5, "0")}`);

let database: TestDatabase;
let store: Store;
beforeAll(async () => {
  database = await freshDatabase({ migrated: true });
  store = await openStore(database.urls);
  await writeBars(
    database,
    NOISE.flatMap((symbol, i) => market(symbol, 1000 + i)),
  );
  await writeBars(database, market("P00001", 7, 1.5));
});
afterAll(async () => {
  await store.close();
  await database.drop();
});

describe("what a search finds", () => {
  test("a planted rebound is ranked first among noise, as a hypothesis", async () => {
    const result = await optimizeSql(store, { ...SEARCH, symbols: "all" });
    expect(result).toMatchObject({ symbols: 41, trials: 41 * 38, withoutBars: [], assumedInstruments: [] });
    const [best] = result.ranked;
    expect(best).toMatchObject({ symbol: "P00001", mode: "mean_reversion", rank: 1 });
    expect(best?.p_adjusted).toBeLessThan(0.001);
    expect(
      new Set(result.ranked.filter((each) => each.p_adjusted <= 0.05).map((each) => each.symbol)),
    ).toEqual(new Set(["P00001"]));
    expect(result.significant).toBeGreaterThan(0);
    expect(result.verdict).toMatch(/Not yet validated out of sample/);
  });

  // Benjamini–Yekutieli at 5 % promises: of families without an effect at most one in twenty shows one.
  test("of 40 families of pure noise at most 2 show a significant gain or loss", async () => {
    const { ranked } = await optimizeSql(store, { ...SEARCH, symbols: NOISE, directions: "both" });
    const fooled = NOISE.filter((symbol) => {
      const family = ranked.filter((candidate) => candidate.symbol === symbol);
      expect(family.length).toBeGreaterThan(0);
      return rankCandidates(family, 38).some((candidate) => candidate.p_adjusted <= 0.05);
    });
    expect(fooled.length).toBeLessThanOrEqual(2);
  });

  test("costs are paid: what the planted effect earns shrinks by about a round trip", async () => {
    const grid = { entryThresholds: [0.01], exitThresholds: [0.009] };
    const free = await optimizeSql(store, { ...SEARCH, ...grid });
    const paid = await optimizeSql(store, { ...SEARCH, ...grid, costs: "kis-bankis-online" });
    expect(paid.assumedInstruments).toEqual(["P00001"]);
    const [before, after] = [free.ranked[0], paid.ranked[0]];
    expect(after?.trades).toBe(before?.trades);
    const difference = (before?.avg_return ?? Number.NaN) - (after?.avg_return ?? Number.NaN);
    // Twice 0.0140527 % and a tax of 0.15 %; the second order is below 1e-5.
    expect(difference).toBeCloseTo(0.00178, 4);
  });

  test("instruments of the symbol master pay their own tax", async () => {
    await database.query(
      "INSERT INTO symbols (code, name, market, kind) VALUES ('P00001', 'planted', 'KOSPI', 'etf')",
    );
    const grid = { entryThresholds: [0.01], exitThresholds: [0.009] };
    const paid = await optimizeSql(store, { ...SEARCH, ...grid, costs: "kis-bankis-online" });
    const free = await optimizeSql(store, { ...SEARCH, ...grid });
    expect(paid.assumedInstruments).toEqual([]);
    expect((free.ranked[0]?.avg_return ?? 0) - (paid.ranked[0]?.avg_return ?? 0)).toBeCloseTo(0.000293, 5);
    await database.query("DELETE FROM symbols WHERE code = 'P00001'");
  });
});

describe("what a search leaves behind", () => {
  test("every candidate stands in the table, optimal none, with its run", async () => {
    const result = await optimizeSql(store, { ...SEARCH, symbols: ["P00001", "ABSENT"], minTrades: 40 });
    expect(result).toMatchObject({ trials: 38, withoutBars: ["ABSENT"] });
    const [run] = await database.query(
      "SELECT kind, config_hash, input_fingerprint, code_version, rule_book_version, seed, state, trials FROM analysis_runs WHERE run_id = $1",
      [result.runId],
    );
    expect(run).toEqual({
      kind: "optimize-sql",
      config_hash: result.configHash,
      input_fingerprint: result.inputFingerprint,
      code_version: "test",
      rule_book_version: result.ruleBookVersion,
      seed: null,
      state: "finished",
      trials: "38",
    });
    const rows = await database.query<Record<string, unknown>>(
      `SELECT count(*)::int AS rows, bool_or(is_optimal) AS optimal, count(rank_score)::int AS ranked, min(validation) AS validation,
         min(basis) AS basis, min(holding_period_minutes) AS minutes, max(config_hash) AS hash,
         min(backtest_start) = '2025-03-04 09:00+09' AND max(backtest_end) = '2025-04-30 15:30+09' AS whole_span,
         bool_and(p_value IS NOT NULL = (total_trades >= 10 AND t_statistic IS NOT NULL)) AS p_from_ten,
         bool_and(note IS NOT NULL) FILTER (WHERE rank_score IS NULL) AS reasons
       FROM analysis_threshold_candidates WHERE run_id = $1`,
      [result.runId],
    );
    expect(rows).toEqual([
      {
        rows: 38,
        optimal: false,
        ranked: result.ranked.length,
        validation: "not yet validated out of sample",
        basis: "10m bars, mean_reversion, signal_close",
        minutes: 60,
        hash: result.configHash,
        whole_span: true,
        p_from_ten: true,
        reasons: true,
      },
    ]);
    expect(result.ranked.length + result.unranked).toBe(38);
  });

  test("asked again, it finds the same digit for digit, and says so", async () => {
    const first = await optimizeSql(store, { ...SEARCH, symbols: NOISE.slice(0, 12), modes: ["momentum"] });
    expect(first.equalRun).toBeNull();
    const again = await optimizeSql(store, {
      ...SEARCH,
      symbols: NOISE.slice(0, 12).reverse(),
      modes: ["momentum"],
    });
    expect(again.configHash).toBe(first.configHash);
    expect(again.inputFingerprint).toBe(first.inputFingerprint);
    expect(again.equalRun).toMatchObject({ runId: first.runId, codeVersion: "test", identical: true });
    expect(again.ranked).toEqual(first.ranked);
  });

  test("a candidate that was changed since is noticed", async () => {
    const options = { ...SEARCH, entryThresholds: [0.02], exitThresholds: [0.004] };
    const first = await optimizeSql(store, options);
    await database.query("UPDATE analysis_threshold_candidates SET avg_return_pct = 0.5 WHERE run_id = $1", [
      first.runId,
    ]);
    expect((await optimizeSql(store, options)).equalRun).toMatchObject({
      runId: first.runId,
      identical: false,
    });
  });

  test("what other questions tried on the same bars counts against this one", async () => {
    const symbols = NOISE.slice(20, 23);
    const first = await optimizeSql(store, { ...SEARCH, symbols });
    const second = await optimizeSql(store, { ...SEARCH, symbols, modes: ["momentum"] });
    const third = await optimizeSql(store, { ...SEARCH, symbols });
    expect([first.earlierTrials, second.earlierTrials, third.earlierTrials]).toEqual([0, 114, 114]);
    expect(third.ranked[0]?.p_adjusted).toBeGreaterThanOrEqual(first.ranked[0]?.p_adjusted ?? Number.NaN);
  });

  test("an aborted search is interrupted, and what it tried still counts", async () => {
    const abort = new AbortController();
    const options = { ...SEARCH, symbols: NOISE, signal: abort.signal, onProgress: () => abort.abort() };
    await expect(optimizeSql(store, options)).rejects.toThrow(/abort/i);
    const [run] = await database.query(
      "SELECT state, trials, error FROM analysis_runs ORDER BY run_id DESC LIMIT 1",
    );
    expect(run).toEqual({
      state: "interrupted",
      trials: String(8 * 38),
      error: expect.stringMatching(/abort/i),
    });
  });

  test("a search that fails says why in the ledger and leaves no half batch", async () => {
    await database.query(
      `CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full, say'; END $$;
       CREATE TRIGGER refuse BEFORE INSERT ON analysis_threshold_candidates EXECUTE FUNCTION refuse()`,
    );
    try {
      await expect(optimizeSql(store, SEARCH)).rejects.toThrow("disk full, say");
    } finally {
      await database.query("DROP FUNCTION refuse() CASCADE");
    }
    const [run] = await database.query(
      "SELECT state, trials, error FROM analysis_runs ORDER BY run_id DESC LIMIT 1",
    );
    expect(run).toEqual({ state: "failed", trials: "0", error: "disk full, say" });
  });
});

describe("the fingerprint of the input", () => {
  const small = { entryThresholds: [0.02], exitThresholds: [0.004] };
  const fingerprint = async () => (await optimizeSql(store, { ...SEARCH, ...small })).inputFingerprint;

  test.each([
    ["close", "close = close + 0.0001", "close = close - 0.0001"],
    ["volume", "volume = volume + 1", "volume = volume - 1"],
    ["quality", "quality_flag = 'degraded'", "quality_flag = 'normal'"],
    ["symbol", "symbol = 'ELSE'", "symbol = 'P00001'"],
    [
      "time",
      "bar_time = bar_time + interval '1 microsecond'",
      "bar_time = bar_time - interval '1 microsecond'",
    ],
  ])("changes with the %s of one bar, and comes back with it", async (_, change, undo) => {
    const before = await fingerprint();
    const update = (set: string) =>
      database.query(
        `UPDATE swing_bars_10m SET ${set} WHERE symbol IN ('P00001', 'ELSE')
         AND bar_time BETWEEN '2025-03-10 11:00+09' AND '2025-03-10 11:00:01+09'`,
      );
    await update(change);
    expect(await fingerprint()).not.toBe(before);
    await update(undo);
    expect(await fingerprint()).toBe(before);
  });

  test("does not change with the order of the rows on disk, nor with another symbol's", async () => {
    const before = await fingerprint();
    const places = "SELECT md5(string_agg(bar_time::text, ' ' ORDER BY ctid)) AS order FROM swing_bars_10m";
    const [placed] = await database.query(places);
    await database.query(
      `CREATE INDEX by_close ON swing_bars_10m (close);
       CLUSTER swing_bars_10m USING by_close;
       DROP INDEX by_close;
       UPDATE swing_bars_10m SET volume = volume + 1 WHERE symbol = 'N00000'`,
    );
    expect(await database.query(places)).not.toEqual([placed]);
    expect(await fingerprint()).toBe(before);
  });
});
