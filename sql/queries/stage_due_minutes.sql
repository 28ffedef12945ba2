-- A place for the symbol-minutes whose bars are to be built in this transaction.
CREATE TEMPORARY TABLE due_minutes (
  symbol VARCHAR(20) NOT NULL,
  bar_time TIMESTAMPTZ NOT NULL
) ON COMMIT DROP
