import { dayGrowth } from "./day-growth.ts";
import { drawdowns } from "./drawdowns.ts";
import { mean, sampleDeviation } from "./sample-moments.ts";

/** What trades amount to. Fractions; NaN where undefined, and `notes` say why. */
export interface TradeMetrics {
  trades: number;
  wins: number;
  losses: number;
  winRate: number;
  totalReturn: number;
  avgReturn: number;
  maxReturn: number;
  minReturn: number;
  profitFactor: number;
  sharpeRatio: number;
  sortinoRatio: number;
  maxDrawdown: number;
  avgDrawdown: number;
  tStatistic: number;
  notes: readonly string[];
}

const FEWEST_DAYS = 20;
const YEAR = Math.sqrt(252);

/**
 * The twin of SQL `trade_metrics`, digit for digit: both add and multiply in time order.
 * Total is compounded; profit factor is over equal stakes; Sharpe and Sortino are over daily returns, annualised
 * by 252, risk-free rate 0, from 20 days; drawdowns are over day closes; t is over trades.
 * netReturn, tradeDay, tradingDays  as for `dayGrowth`
 */
export function tradeMetrics(
  netReturn: Float64Array,
  tradeDay: Int32Array,
  tradingDays: Int32Array,
): TradeMetrics {
  const trades = netReturn.length;
  if (trades === 0) return NO_TRADES;
  const counts = countTrades(netReturn);
  const growth = dayGrowth(netReturn, tradeDay, tradingDays);
  const daily = growth.map((factor) => factor - 1);
  const enoughDays = daily.length >= FEWEST_DAYS;
  const dayDeviation = sampleDeviation(daily);
  const downside = Math.sqrt(mean(daily.map((value) => Math.min(value, 0) * Math.min(value, 0))));
  const { deepest, meanTrough } = drawdowns(growth);
  const deviation = sampleDeviation(netReturn);

  const notes: string[] = [];
  if (counts.losses === 0) notes.push("profit factor: no losing trade");
  if (!enoughDays) notes.push("Sharpe, Sortino: fewer than 20 days");
  if (enoughDays && Number.isNaN(dayDeviation)) notes.push("Sharpe: daily returns do not vary");
  if (enoughDays && downside === 0) notes.push("Sortino: no losing day");
  if (Number.isNaN(meanTrough)) notes.push("average drawdown: no drawdown");
  if (trades < 2) notes.push("t: fewer than 2 trades");
  else if (Number.isNaN(deviation)) notes.push("t: returns do not vary");
  return {
    ...counts,
    trades,
    winRate: counts.wins / trades,
    avgReturn: mean(netReturn),
    sharpeRatio: enoughDays ? (mean(daily) / dayDeviation) * YEAR : Number.NaN,
    sortinoRatio: enoughDays && downside > 0 ? (mean(daily) / downside) * YEAR : Number.NaN,
    maxDrawdown: deepest,
    avgDrawdown: meanTrough,
    tStatistic: mean(netReturn) / (deviation / Math.sqrt(trades)),
    notes,
  };
}

function countTrades(netReturn: Float64Array) {
  let wins = 0;
  let losses = 0;
  let profit = 0;
  let loss = 0;
  let compounded = 1;
  let maxReturn = Number.NEGATIVE_INFINITY;
  let minReturn = Number.POSITIVE_INFINITY;
  for (let i = 0; i < netReturn.length; i++) {
    const value = netReturn[i]!;
    if (value > 0) {
      wins++;
      profit += value;
    } else if (value < 0) {
      losses++;
      loss -= value;
    }
    compounded *= 1 + value;
    maxReturn = Math.max(maxReturn, value);
    minReturn = Math.min(minReturn, value);
  }
  const profitFactor = losses > 0 ? profit / loss : Number.NaN;
  return { wins, losses, profitFactor, totalReturn: compounded - 1, maxReturn, minReturn };
}

const NO_TRADES: TradeMetrics = Object.freeze({
  trades: 0,
  wins: 0,
  losses: 0,
  winRate: Number.NaN,
  totalReturn: Number.NaN,
  avgReturn: Number.NaN,
  maxReturn: Number.NaN,
  minReturn: Number.NaN,
  profitFactor: Number.NaN,
  sharpeRatio: Number.NaN,
  sortinoRatio: Number.NaN,
  maxDrawdown: Number.NaN,
  avgDrawdown: Number.NaN,
  tStatistic: Number.NaN,
  notes: Object.freeze(["no trades"]),
});
