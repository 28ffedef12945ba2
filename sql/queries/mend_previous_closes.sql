-- What is the previous close of the imported daily prices of the symbols $1 from $2 to $3 (one span a symbol), and of the
-- row behind each span? The close of the symbol's row before, whatever was loaded first. Rows that were collected carry
-- the venue's own base price and keep it. Cost: the spans by primary key; only rows that differ are written.
WITH spans AS (
  SELECT span.symbol, span.first_date,
    coalesce((
      SELECT max(before.trade_date) FROM eod_prices before
      WHERE before.symbol = span.symbol AND before.trade_date < span.first_date
    ), span.first_date) AS from_date,
    coalesce((
      SELECT min(behind.trade_date) FROM eod_prices behind
      WHERE behind.symbol = span.symbol AND behind.trade_date > span.last_date
    ), span.last_date) AS to_date
  FROM unnest($1::text[], $2::date[], $3::date[]) AS span (symbol, first_date, last_date)
), expected AS (
  SELECT spans.symbol, day.trade_date, day.previous_close
  FROM spans
  CROSS JOIN LATERAL (
    SELECT trade_date, lag(close) OVER (ORDER BY trade_date) AS previous_close
    FROM eod_prices
    WHERE symbol = spans.symbol AND trade_date >= spans.from_date AND trade_date <= spans.to_date
  ) day
  WHERE day.trade_date >= spans.first_date
)
UPDATE eod_prices price
SET prev_close = expected.previous_close
FROM expected
WHERE price.symbol = expected.symbol AND price.trade_date = expected.trade_date
  AND price.ingest_file_id IS NOT NULL
  AND price.prev_close IS DISTINCT FROM expected.previous_close
