import { expect, test } from "vitest";
import { tradeDate } from "../record/index.ts";
import { type GridRow, judgeCandidate } from "./candidate.ts";
import { rankCandidates } from "./ranking.ts";
import { sqlSearch } from "./sql-search.ts";
import { verdictOf } from "./verdict.ts";

const search = sqlSearch({ symbols: "all", from: tradeDate("2025-03-01"), to: tradeDate("2025-03-31") });

function candidate(entry: number, t: number | null, trades: number, avg = t) {
  const row: GridRow = {
    symbol: "A00001",
    mode: "mean_reversion",
    entry_threshold: entry,
    exit_threshold: 0.003,
    hold_bars: 6,
    trades,
    wins: 0,
    losses: 0,
    win_rate: null,
    total_return: null,
    avg_return: avg,
    max_return: null,
    min_return: null,
    profit_factor: null,
    sharpe_ratio: null,
    sortino_ratio: null,
    max_drawdown: null,
    avg_drawdown: null,
    t_statistic: t,
    note: null,
  };
  return judgeCandidate(row, 30);
}

test("ranks by evidence and sign, not by return: a sure loss is last", () => {
  const ranked = rankCandidates(
    [candidate(0.01, -9, 50), candidate(0.02, 1, 50, 0.9), candidate(0.03, 4, 50, 0.001)],
    3,
  );
  expect(ranked.map(({ entry_threshold, rank }) => [entry_threshold, rank])).toEqual([
    [0.03, 1],
    [0.02, 2],
    [0.01, 3],
  ]);
});

test("few trades are kept with the reason and are not ranked", () => {
  expect(candidate(0.01, 5, 9)).toMatchObject({
    p_value: null,
    rank_score: null,
    note: "p: fewer than 10 trades; rank: fewer than 30 trades",
  });
  expect(candidate(0.01, 5, 29)).toMatchObject({ rank_score: null, note: "rank: fewer than 30 trades" });
  expect(candidate(0.01, null, 0).note).toBeNull();
  expect(rankCandidates([candidate(0.01, 5, 29)], 1)).toEqual([]);
});

test("the more was tried, the less the same gain means", () => {
  const gain = candidate(0.01, 4, 50);
  const alone = rankCandidates([gain], 1);
  const among = rankCandidates([gain], 1000);
  expect(alone[0]?.p_adjusted).toBe(gain.p_value);
  expect(among[0]?.p_adjusted).toBeGreaterThan(0.05);
  expect(verdictOf(search, alone, 1)).toMatch(/1 gain is significant.*Not yet validated out of sample/);
  expect(verdictOf(search, among, 1000)).toMatch(/None of 1000 combinations tried earns more than chance/);
});

test("a significant loss is no finding, and nothing to judge is said so", () => {
  expect(verdictOf(search, rankCandidates([candidate(0.01, -9, 50)], 1), 1)).toMatch(
    /no gain is significant/,
  );
  expect(verdictOf(search, [], 38)).toMatch(/nothing to judge/);
});

test("the verdict owns up to its fills and costs", () => {
  expect(verdictOf(search, [], 38)).toMatch(/paid; spread.*nobody could still have traded/);
  const free = { ...search, costs: "none", fill: "next_open" as const };
  expect(verdictOf(free, [], 38)).toMatch(/Costs are left out.*open of the next bar/);
});
