import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { freshDatabase, type TestDatabase } from "./postgres.ts";

describe("mv_rolling_stats_hourly", () => {
  let database: TestDatabase;
  const query: TestDatabase["query"] = (sql, params) => database.query(sql, params);
  const bar = (time: string, high: number, low: number, close: number, quality = "normal") =>
    query(
      `INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, quality_flag, session_id)
       VALUES ('A', $1, $4, $2, $3, $4, 10, $5, 's')`,
      [time, high, low, close, quality],
    );
  const hours = async () => {
    await query("SELECT refresh_rolling_stats_hourly()");
    return query(
      `SELECT stat_hour, bar_count::int AS bars, coverage_ratio, atr_n, return_mean, price_mean
       FROM mv_rolling_stats_hourly ORDER BY stat_hour`,
    );
  };
  beforeAll(async () => {
    database = await freshDatabase({ migrated: true });
    await bar("2025-03-03 15:10+09", 110, 100, 100);
    await bar("2025-03-03 15:20+09", 112, 108, 110);
    await bar("2025-03-04 09:00+09", 125, 120, 121);
    await bar("2025-03-04 09:10+09", 130, 118, 120);
    await bar("2025-03-04 09:20+09", 500, 1, 400, "degraded");
    await bar("2025-03-04 09:30+09", 121, 117, 118);
  });
  afterAll(() => database.drop());

  test("true range reaches to the previous close, returns do not cross a night, coverage counts what is missing", async () => {
    expect(await hours()).toEqual([
      {
        stat_hour: new Date("2025-03-03T15:00:00+09:00"),
        bars: 2,
        coverage_ratio: 2 / 3,
        atr_n: (10 + 12) / 2,
        return_mean: expect.closeTo(Math.log(1.1), 12),
        price_mean: 105,
      },
      {
        stat_hour: new Date("2025-03-04T09:00:00+09:00"),
        bars: 3,
        coverage_ratio: 3 / 6,
        atr_n: (15 + 12 + 4) / 3,
        return_mean: expect.closeTo((Math.log(120 / 121) + Math.log(118 / 120)) / 2, 12),
        price_mean: expect.closeTo(359 / 3, 10),
      },
    ]);
  });

  test("the dated calendar says how many bars an hour has", async () => {
    await query(
      `INSERT INTO market_sessions (venue, trade_date, kind, open_time, continuous_end_time, close_time)
       VALUES ('KRX', '2025-03-04', 'late-open', '2025-03-04 09:30+09', '2025-03-04 15:20+09', '2025-03-04 15:30+09')`,
    );
    expect(await hours()).toMatchObject([{ coverage_ratio: 2 / 3 }, { coverage_ratio: 1 }]);
  });
});
