-- A place for a chunk of daily prices that met a known key. `ordinal` numbers the rows as they arrive.
CREATE TEMPORARY TABLE staged_daily_prices (
  ordinal BIGINT GENERATED ALWAYS AS IDENTITY,
  LIKE eod_prices
) ON COMMIT DROP
