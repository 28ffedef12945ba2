-- Daily prices straight into the table; the optimistic path. Columns in the order of writeDailyPriceRow.
COPY eod_prices (
  symbol, trade_date, open, high, low, close, volume, schema_version, ingest_file_id
) FROM STDIN (FORMAT binary)
