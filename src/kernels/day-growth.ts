/**
 * Growth factor of each day: the compounded returns of its trades, 1 on a day without one.
 * netReturn    n fractions, in time order
 * tradeDay     n day numbers
 * tradingDays  day numbers of the span in any order; days with trades count whether listed or not
 * out          one factor a day, in the order of days
 */
export function dayGrowth(
  netReturn: Float64Array,
  tradeDay: Int32Array,
  tradingDays: Int32Array,
): Float64Array {
  const growth = new Map<number, number>();
  for (const day of tradingDays) growth.set(day, 1);
  for (let i = 0; i < netReturn.length; i++) {
    growth.set(tradeDay[i]!, (growth.get(tradeDay[i]!) ?? 1) * (1 + netReturn[i]!));
  }
  const days = [...growth].sort(([left], [right]) => left - right);
  return Float64Array.from(days, ([, factor]) => factor);
}
