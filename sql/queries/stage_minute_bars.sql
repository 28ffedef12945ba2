-- A place for a chunk of imported 1-minute bars that met a known key. `ordinal` numbers the rows as they arrive.
CREATE TEMPORARY TABLE staged_minute_bars (
  ordinal BIGINT GENERATED ALWAYS AS IDENTITY,
  LIKE scalp_1m_bars
) ON COMMIT DROP
