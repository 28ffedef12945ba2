-- The same rows as copy_daily_prices.sql, into the staging table.
COPY staged_daily_prices (
  symbol, trade_date, open, high, low, close, volume, schema_version, ingest_file_id
) FROM STDIN (FORMAT binary)
