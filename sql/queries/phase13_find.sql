-- Is this a database of Phase 13, and has its upgrade begun? `legacy` names Observer's tables in public that have the
-- columns of Phase 13, `strangers` what stands where the schema of today must go and is neither that nor moved aside
-- by name, `begun` that the upgrade keeps its account here. Catalogs only.
WITH shape (name, columns) AS (
  VALUES
    ('scalp_ticks', '{id,symbol,event_time,session_id}'::TEXT[]),
    ('scalp_1m_bars', '{symbol,bar_time,session_id}'),
    ('scalp_gaps', '{id,gap_start_ts,gap_end_ts,gap_seconds,session_id}'),
    ('swing_bars_10m', '{symbol,bar_time,session_id}'),
    ('eod_prices', '{symbol,trade_date}'),
    ('portfolio_policy', '{policy_id,name,rebalance_freq,max_position_pct}'),
    ('target_weights', '{policy_id,symbol,target_weight,effective_date}'),
    ('portfolio_snapshot', '{snapshot_id,policy_id,snapshot_time,cash,invested_value}'),
    ('portfolio_positions', '{position_id,snapshot_id,symbol}'),
    ('rebalance_plan', '{plan_id,policy_id,snapshot_id}'),
    ('rebalance_orders', '{order_id,plan_id,symbol,side}'),
    ('rebalance_execution', '{exec_id,order_id}')
), present AS (
  SELECT c.relname::TEXT AS name,
    c.relkind = 'r' AND s.columns <@ ARRAY(
      SELECT a.attname::TEXT FROM pg_attribute a
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped) AS fits
  FROM pg_class c
  LEFT JOIN shape s ON s.name = c.relname
  WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'p', 'v', 'm', 'f')
    AND (s.name IS NOT NULL OR c.relname IN (
      'analysis_rolling_stats', 'analysis_runs', 'analysis_signal_events', 'analysis_threshold_candidates',
      'analysis_trades', 'archive_manifest', 'collector_sessions', 'condition_expressions', 'condition_hits',
      'condition_runs', 'corporate_actions', 'ingest_files', 'ingest_rejects', 'ingest_rejects_readable',
      'market_sessions', 'mv_rolling_stats_hourly', 'partition_management', 'portfolio_ledger', 'symbols',
      'tick_partitions', 'universe_daily'))
), aside AS (
  SELECT n.oid, has_schema_privilege(n.oid, 'USAGE') AND EXISTS (
    SELECT FROM pg_class c WHERE c.relnamespace = n.oid AND c.relname = 'upgrade_progress') AS begun
  FROM pg_namespace n WHERE n.nspname = 'phase13'
)
SELECT
  ARRAY(SELECT name FROM present WHERE fits ORDER BY name) AS legacy,
  ARRAY(
    SELECT name FROM present WHERE fits IS NOT TRUE
    UNION ALL SELECT 'schema phase13' FROM aside WHERE NOT begun
    ORDER BY 1) AS strangers,
  coalesce((SELECT begun FROM aside), FALSE) AS begun
