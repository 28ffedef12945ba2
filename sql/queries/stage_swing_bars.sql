-- A place for a chunk of 10-minute bars that met a known key. `ordinal` numbers the rows as they arrive.
CREATE TEMPORARY TABLE staged_swing_bars (
  ordinal BIGINT GENERATED ALWAYS AS IDENTITY,
  LIKE swing_bars_10m
) ON COMMIT DROP
