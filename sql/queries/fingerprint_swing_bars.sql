-- Which rows will be read? Per symbol the SHA-256 over its bars of the period in time order, degraded ones included
-- since they decide what is left out. Times as µs and prices as exact decimals: no setting of the server shows in it.
SELECT
  wanted.symbol,
  (extract(epoch FROM min(bar.bar_time)) * 1000000)::bigint AS first_bar_us,
  (extract(epoch FROM max(bar.bar_time)) * 1000000)::bigint AS last_bar_us,
  count(bar.bar_time)::integer AS bars,
  encode(sha256(convert_to(coalesce(string_agg(
    concat((extract(epoch FROM bar.bar_time) * 1000000)::bigint, ' ', coalesce(bar.open::text, '-'), ' ',
      coalesce(bar.high::text, '-'), ' ', coalesce(bar.low::text, '-'), ' ', coalesce(bar.close::text, '-'), ' ',
      coalesce(bar.volume::text, '-'), ' ', coalesce(bar.quality_flag, '-')),
    E'\n' ORDER BY bar.bar_time), ''), 'UTF8')), 'hex') AS sha256
FROM unnest($1::text[]) AS wanted (symbol)
LEFT JOIN swing_bars_10m AS bar ON bar.symbol = wanted.symbol
  AND bar.bar_time >= $2::date::timestamp AT TIME ZONE 'Asia/Seoul'
  AND bar.bar_time < ($3::date + 1)::timestamp AT TIME ZONE 'Asia/Seoul'
GROUP BY wanted.symbol
ORDER BY wanted.symbol COLLATE "C"
