-- On which days in [$2, $3) does a symbol of $1 lack 10-minute bars that the calendar has slots for and no gap explains?
-- Expected on a day: the day's universe where it is known, and every symbol with a bar that day; a trading day between
-- the first and the last bar on which no symbol has any is one row without symbol. A bar falls due at the end of its
-- slot; a gap explains it that covers that instant. $4: slots that end after it are not due yet.
-- Cost: one pass over the bars of the range; slots are laid out only for days with too few bars.
WITH bars AS (
  SELECT symbol, bar_time, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
  FROM swing_bars_10m
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
), present AS (
  SELECT symbol, trade_date, count(*) AS bars FROM bars GROUP BY symbol, trade_date
), days AS (
  SELECT m.trade_date, date_trunc('minute', m.open_time) AS first_slot,
    least(m.close_time, $4::timestamptz) AS last_due
  FROM market_sessions m
  WHERE m.venue = 'KRX' AND m.kind <> 'closed'
    AND m.trade_date BETWEEN (SELECT min(p.trade_date) FROM present p) AND (SELECT max(p.trade_date) FROM present p)
), expected AS (
  SELECT symbol, trade_date FROM present
  UNION
  SELECT symbol, trade_date FROM universe_daily WHERE $1::text[] IS NULL OR symbol = ANY ($1::text[])
), due AS (
  SELECT e.symbol, d.trade_date, d.first_slot, d.last_due, coalesce(p.bars, 0) AS bars
  FROM days d
  LEFT JOIN expected e USING (trade_date)
  LEFT JOIN present p ON p.symbol = e.symbol AND p.trade_date = e.trade_date
), holes AS (
  SELECT due.symbol, due.trade_date, slot.start
  FROM due
  CROSS JOIN LATERAL generate_series(
    due.first_slot, due.last_due - interval '10 minutes', interval '10 minutes') AS slot (start)
  WHERE due.bars < extract(epoch FROM due.last_due - due.first_slot) / 600
    AND NOT EXISTS (SELECT FROM bars b WHERE b.symbol = due.symbol AND b.bar_time = slot.start)
    AND NOT EXISTS (
      SELECT FROM scalp_gaps g
      WHERE g.scope IN ('swing', 'all') AND (g.symbol IS NULL OR g.symbol = due.symbol)
        AND g.gap_start_ts <= slot.start + interval '10 minutes'
        AND g.gap_end_ts >= slot.start + interval '10 minutes'
    )
)
SELECT count(*) OVER () AS defects, symbol, trade_date, count(*)::integer AS missing_bars,
  min(start) AS first_missing, max(start) AS last_missing
FROM holes
GROUP BY symbol, trade_date
ORDER BY trade_date, symbol
LIMIT 20
