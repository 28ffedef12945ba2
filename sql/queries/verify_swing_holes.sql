-- Which stretches of slots in [$2, $3) have no 10-minute bar of a symbol of $1, and no gap row that covers four fifths of
-- them? Expected on a day: the day's universe where it is known, and every symbol with a bar that day; a trading day
-- between the first and the last bar on which no symbol has any is one row without symbol. Slots that end after $4 are
-- not due yet. Symbols that are not of the shape of Korean ones keep other hours and are left out. At most $5 rows (NULL: all). Cost: one pass over the bars of the range, and one row a slot.
WITH bars AS MATERIALIZED (
  SELECT symbol, bar_time, (bar_time AT TIME ZONE 'Asia/Seoul')::date AS trade_date
  FROM swing_bars_10m
  WHERE ($1::text[] IS NULL OR symbol = ANY ($1::text[]))
    AND bar_time >= coalesce($2::timestamptz, '-infinity') AND bar_time < coalesce($3::timestamptz, 'infinity')
    AND symbol ~ '^[0-9A-Z]{6}$'
), present AS MATERIALIZED (
  SELECT DISTINCT symbol, trade_date FROM bars
), expected AS (
  SELECT symbol, trade_date FROM present
  UNION
  SELECT symbol, trade_date FROM universe_daily WHERE $1::text[] IS NULL OR symbol = ANY ($1::text[])
), slots AS (
  SELECT e.symbol, m.trade_date, slot.slot_no, slot.bar_time,
    least(slot.bar_time + interval '10 minutes', m.close_time) AS bar_end
  FROM market_sessions m
  LEFT JOIN expected e USING (trade_date)
  CROSS JOIN LATERAL generate_series(
    date_bin('1 minute', m.open_time, '2000-01-01 00:00+00'), m.close_time - interval '1 microsecond',
    interval '10 minutes'
  ) WITH ORDINALITY AS slot (bar_time, slot_no)
  WHERE m.venue = 'KRX' AND m.kind <> 'closed'
    AND m.trade_date BETWEEN (SELECT min(p.trade_date) FROM present p) AND (SELECT max(p.trade_date) FROM present p)
), missing AS (
  SELECT s.symbol, s.trade_date, s.bar_time, s.bar_end,
    s.slot_no - row_number() OVER (PARTITION BY s.symbol, s.trade_date ORDER BY s.slot_no) AS run
  FROM slots s
  WHERE s.bar_end <= $4::timestamptz
    AND NOT EXISTS (SELECT FROM bars b WHERE b.symbol = s.symbol AND b.bar_time = s.bar_time)
), holes AS (
  SELECT symbol, trade_date, count(*)::integer AS missing_bars, min(bar_time) AS hole_from, max(bar_end) AS hole_to
  FROM missing
  GROUP BY symbol, trade_date, run
)
SELECT count(*) OVER () AS defects, h.symbol, h.trade_date, h.missing_bars, h.hole_from, h.hole_to
FROM holes h
WHERE coalesce((
  SELECT sum(upper(known) - lower(known))
  FROM unnest((
    SELECT range_agg(tstzrange(g.gap_start_ts, g.gap_end_ts) * tstzrange(h.hole_from, h.hole_to))
    FROM scalp_gaps g
    WHERE g.gap_start_ts < h.hole_to AND g.gap_end_ts > h.hole_from
      AND g.scope IN ('swing', 'all') AND (g.symbol = h.symbol OR g.symbol IS NULL)
  )) AS known
), interval '0') < 0.8 * (h.hole_to - h.hole_from)
ORDER BY h.hole_from, h.symbol
LIMIT $5::bigint
