-- Which 10-minute bars have these symbols in [$2, $3), by symbol, newest first, at most $4 in all?
-- Cost: at most $4 rows of each symbol, from the end of its stretch; one scan over all symbols at once would read
-- every bar of the range and sort it.
SELECT newest.symbol, newest.bar_time, newest.open, newest.high, newest.low, newest.close, newest.volume, newest.value,
  newest.bid_price, newest.ask_price, newest.returns_pct, newest.session_id, newest.mitigation_level,
  newest.quality_flag, newest.source
FROM (SELECT DISTINCT unnest($1::text[]) AS symbol) AS asked
CROSS JOIN LATERAL (
  SELECT symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, returns_pct, session_id,
    mitigation_level, quality_flag, source
  FROM swing_bars_10m b
  WHERE b.symbol = asked.symbol AND b.bar_time >= $2::timestamptz AND b.bar_time < $3::timestamptz
  ORDER BY b.bar_time DESC
  LIMIT $4
) newest
ORDER BY newest.symbol, newest.bar_time DESC
LIMIT $4
