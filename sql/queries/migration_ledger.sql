-- Which migrations does the database say were applied, in order? `readable` is false when migration_log is another
-- tool's table; `tables` names Observer tables that are there. Catalogs only.
SELECT
  to_regclass('public.migration_log') IS NOT NULL AS present,
  (SELECT count(*) = 3 FROM pg_attribute
   WHERE attrelid = to_regclass('public.migration_log') AND attname IN ('id', 'name', 'run_on')) AS readable,
  ARRAY(SELECT relname::text FROM pg_class
        WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')
          AND relname IN ('scalp_ticks', 'scalp_1m_bars', 'scalp_gaps', 'swing_bars_10m', 'eod_prices',
                          'portfolio_policy', 'portfolio_snapshot', 'analysis_rolling_stats')
        ORDER BY relname) AS tables
