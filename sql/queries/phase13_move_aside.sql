-- Moves the legacy tables out of public, with their indexes and the sequences they own, and what else has a name that
-- today's schema needs: another tool's ledger, the backup and the view of the Phase 13 guide. Waits for whoever uses
-- them (ACCESS EXCLUSIVE); moves nothing else, rewrites nothing.
DO $$
DECLARE
    relation RECORD;
BEGIN
    FOR relation IN
        SELECT c.oid::REGCLASS AS name,
            CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'm' THEN 'MATERIALIZED VIEW' ELSE 'TABLE' END AS kind
        FROM pg_class c
        WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relkind IN ('r', 'v', 'm')
            AND c.relname IN (
                'scalp_ticks', 'scalp_1m_bars', 'scalp_gaps', 'swing_bars_10m', 'eod_prices',
                'portfolio_policy', 'target_weights', 'portfolio_snapshot', 'portfolio_positions',
                'rebalance_plan', 'rebalance_orders', 'rebalance_execution',
                'migration_log', 'swing_bars_10m_backup', 'portfolio_positions_summary')
        ORDER BY c.relname
    LOOP
        EXECUTE format('ALTER %s %s SET SCHEMA phase13', relation.kind, relation.name);
    END LOOP;
END
$$
