-- How many rows has each table that hot questions read, or its partitions together, and which symbol and time can they
-- be asked about? Catalogs, and the newest row of each.
SELECT 'swing_bars_10m' AS table_name, (SELECT c.reltuples::bigint FROM pg_class c WHERE c.oid = 'swing_bars_10m'::regclass) AS rows,
  newest.symbol, newest.at
FROM (SELECT symbol, bar_time AS at FROM swing_bars_10m ORDER BY bar_time DESC LIMIT 1) AS newest
UNION ALL
SELECT 'scalp_1m_bars', (SELECT c.reltuples::bigint FROM pg_class c WHERE c.oid = 'scalp_1m_bars'::regclass),
  newest.symbol, newest.at
FROM (SELECT symbol, bar_time AS at FROM scalp_1m_bars ORDER BY bar_time DESC LIMIT 1) AS newest
UNION ALL
SELECT 'scalp_ticks', (SELECT sum(p.estimated_rows)::bigint FROM tick_partitions p), newest.symbol, newest.at
FROM (SELECT symbol, bar_time AS at FROM scalp_1m_bars WHERE source = 'ticks' ORDER BY bar_time DESC LIMIT 1) AS newest
