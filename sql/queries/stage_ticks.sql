-- A place for a chunk that met a known key. `ordinal` numbers the rows as they arrive.
CREATE TEMPORARY TABLE staged_ticks (
  ordinal BIGINT GENERATED ALWAYS AS IDENTITY,
  LIKE scalp_ticks
) ON COMMIT DROP
