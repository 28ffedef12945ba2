-- Which is the newest 10-minute bar of each symbol?
-- Cost: two index descents a symbol, whatever the number of bars. DISTINCT ON would read all of them.
WITH RECURSIVE known AS (
  (SELECT symbol FROM swing_bars_10m ORDER BY symbol LIMIT 1)
  UNION ALL
  SELECT (SELECT b.symbol FROM swing_bars_10m b WHERE b.symbol > known.symbol ORDER BY b.symbol LIMIT 1)
  FROM known
  WHERE known.symbol IS NOT NULL
)
SELECT newest.symbol, newest.bar_time, newest.open, newest.high, newest.low, newest.close, newest.volume, newest.value,
  newest.bid_price, newest.ask_price, newest.returns_pct, newest.session_id, newest.mitigation_level,
  newest.quality_flag, newest.source
FROM known
CROSS JOIN LATERAL (
  SELECT symbol, bar_time, open, high, low, close, volume, value, bid_price, ask_price, returns_pct, session_id,
    mitigation_level, quality_flag, source
  FROM swing_bars_10m b
  WHERE b.symbol = known.symbol
  ORDER BY b.bar_time DESC
  LIMIT 1
) newest
ORDER BY newest.symbol
