-- why:   each of these serves a question the product asks, named in its comment; none lies on scalp_ticks, where an
--        index costs more than everything else COPY does
-- locks: SHARE on each table while its indexes are built (readers go on, writers wait)

-- Up Migration

CREATE INDEX idx_scalp_1m_bars_session ON scalp_1m_bars (session_id);
COMMENT ON INDEX idx_scalp_1m_bars_session IS 'Bars of a collector session.';
CREATE INDEX idx_scalp_1m_bars_time ON scalp_1m_bars (bar_time DESC);
COMMENT ON INDEX idx_scalp_1m_bars_time IS 'All symbols in a time range, newest first; newest bar of the table.';
CREATE INDEX idx_scalp_1m_coverage ON scalp_1m_bars (symbol, bar_time DESC, coverage_ratio) WHERE coverage_ratio >= 0.75;
COMMENT ON INDEX idx_scalp_1m_coverage IS 'Well-covered bars (grade B or better) of a symbol, newest first.';
CREATE INDEX idx_scalp_1m_bars_file ON scalp_1m_bars (ingest_file_id) WHERE ingest_file_id IS NOT NULL;
COMMENT ON INDEX idx_scalp_1m_bars_file IS 'Bars imported from a file, to take it back.';

CREATE INDEX idx_scalp_gaps_session ON scalp_gaps (session_id);
COMMENT ON INDEX idx_scalp_gaps_session IS 'Gaps of a collector session; its open gap at start.';
CREATE INDEX idx_scalp_gaps_time ON scalp_gaps (gap_start_ts);
COMMENT ON INDEX idx_scalp_gaps_time IS 'Gaps of a period: counting, critical ones, what overlaps a trade.';

CREATE INDEX idx_swing_10m_session ON swing_bars_10m (session_id);
COMMENT ON INDEX idx_swing_10m_session IS 'Bars of a collector session.';
CREATE INDEX idx_swing_10m_time_desc ON swing_bars_10m (bar_time DESC);
COMMENT ON INDEX idx_swing_10m_time_desc IS 'All symbols in a time range, newest first; newest bar of the table.';
CREATE INDEX idx_swing_10m_covering ON swing_bars_10m (symbol, bar_time DESC) INCLUDE (open, high, low, close, volume, returns_pct);
COMMENT ON INDEX idx_swing_10m_covering IS 'Prices, volume and returns of a symbol without touching the table.';
CREATE INDEX idx_swing_10m_quality ON swing_bars_10m (symbol, bar_time DESC) WHERE quality_flag = 'normal' AND mitigation_level = 0;
COMMENT ON INDEX idx_swing_10m_quality IS 'Newest bars of normal quality of a symbol.';
CREATE INDEX idx_swing_10m_file ON swing_bars_10m (ingest_file_id) WHERE ingest_file_id IS NOT NULL;
COMMENT ON INDEX idx_swing_10m_file IS 'Bars loaded from a file, to take it back.';

CREATE INDEX idx_eod_prices_date ON eod_prices (trade_date);
COMMENT ON INDEX idx_eod_prices_date IS 'All symbols of a day, from which the universe is chosen.';

CREATE INDEX idx_target_weights_policy_date ON target_weights (policy_id, effective_date);
COMMENT ON INDEX idx_target_weights_policy_date IS 'The set of weights in force on a day.';
CREATE INDEX idx_portfolio_snapshot_time ON portfolio_snapshot (snapshot_time DESC);
COMMENT ON INDEX idx_portfolio_snapshot_time IS 'Newest snapshot of all policies.';
CREATE INDEX idx_portfolio_positions_symbol ON portfolio_positions (symbol);
COMMENT ON INDEX idx_portfolio_positions_symbol IS 'History of a symbol''s position.';
CREATE INDEX idx_rebalance_plan_policy ON rebalance_plan (policy_id, created_at DESC);
COMMENT ON INDEX idx_rebalance_plan_policy IS 'Plans of a policy, newest first.';
CREATE INDEX idx_rebalance_plan_status ON rebalance_plan (status) WHERE status IN ('pending', 'executing');
COMMENT ON INDEX idx_rebalance_plan_status IS 'Plans waiting for a worker.';
CREATE INDEX idx_rebalance_plan_snapshot ON rebalance_plan (snapshot_id);
COMMENT ON INDEX idx_rebalance_plan_snapshot IS 'Plans made from a snapshot.';
CREATE INDEX idx_rebalance_execution_order ON rebalance_execution (order_id);
COMMENT ON INDEX idx_rebalance_execution_order IS 'Fills of an order.';
CREATE INDEX idx_portfolio_ledger_policy_time ON portfolio_ledger (policy_id, entry_time, entry_id);
COMMENT ON INDEX idx_portfolio_ledger_policy_time IS 'Holdings and cash at an instant: the entries up to it, in order.';

CREATE INDEX idx_rolling_stats_time ON analysis_rolling_stats (stat_time DESC);
COMMENT ON INDEX idx_rolling_stats_time IS 'All symbols at a time; what late data must recompute.';
CREATE INDEX idx_rolling_stats_symbol_window ON analysis_rolling_stats (symbol, window_minutes, stat_time DESC);
COMMENT ON INDEX idx_rolling_stats_symbol_window IS 'One window of a symbol, newest first.';
CREATE INDEX idx_threshold_candidates_symbol ON analysis_threshold_candidates (symbol, strategy_type);
COMMENT ON INDEX idx_threshold_candidates_symbol IS 'Candidates of a symbol and strategy.';
CREATE INDEX idx_threshold_candidates_time ON analysis_threshold_candidates (analysis_time DESC);
COMMENT ON INDEX idx_threshold_candidates_time IS 'Newest candidates.';
CREATE INDEX idx_threshold_candidates_run ON analysis_threshold_candidates (run_id, rank_score DESC);
COMMENT ON INDEX idx_threshold_candidates_run IS 'Candidates of a run, strongest first.';
CREATE INDEX idx_threshold_candidates_performance ON analysis_threshold_candidates (sharpe_ratio DESC, win_rate DESC) WHERE total_trades >= 30;
COMMENT ON INDEX idx_threshold_candidates_performance IS 'Best candidates with enough trades.';
CREATE INDEX idx_threshold_candidates_optimal ON analysis_threshold_candidates (symbol, is_optimal) WHERE is_optimal = TRUE;
COMMENT ON INDEX idx_threshold_candidates_optimal IS 'Validated candidates of a symbol.';
CREATE INDEX idx_analysis_runs_config ON analysis_runs (config_hash, input_fingerprint);
COMMENT ON INDEX idx_analysis_runs_config IS 'Runs of the same question: has it been answered, how often was it tried.';
CREATE INDEX idx_analysis_runs_started ON analysis_runs (started_at DESC);
COMMENT ON INDEX idx_analysis_runs_started IS 'Newest runs.';

CREATE INDEX idx_signal_events_conditions ON analysis_signal_events (
    value_change_exceeds_x, event_frequency_exceeds_n, consecutive_events_ge_n
) WHERE value_change_exceeds_x = TRUE OR consecutive_events_ge_n = TRUE;
COMMENT ON INDEX idx_signal_events_conditions IS 'Events by which conditions held.';
CREATE INDEX idx_signal_events_outcome ON analysis_signal_events (return_5m_pct DESC) WHERE return_5m_pct IS NOT NULL;
COMMENT ON INDEX idx_signal_events_outcome IS 'Events with the best and worst outcomes.';
CREATE INDEX idx_signal_events_due ON analysis_signal_events (event_time) WHERE outcome_settled_at IS NULL;
COMMENT ON INDEX idx_signal_events_due IS 'Events whose outcomes are still to be filled.';
CREATE INDEX idx_signal_events_run ON analysis_signal_events (run_id);
COMMENT ON INDEX idx_signal_events_run IS 'Events of a run.';
CREATE INDEX idx_condition_runs_expression ON condition_runs (expression_id, started_at DESC);
COMMENT ON INDEX idx_condition_runs_expression IS 'Runs of an expression, newest first.';
CREATE INDEX idx_condition_hits_symbol_time ON condition_hits (symbol, hit_time DESC);
COMMENT ON INDEX idx_condition_hits_symbol_time IS 'Hits of a symbol, newest first.';

CREATE INDEX idx_ingest_files_unfinished ON ingest_files (state) WHERE state <> 'loaded';
COMMENT ON INDEX idx_ingest_files_unfinished IS 'Files not loaded: what to continue, what failed.';
CREATE INDEX idx_ingest_files_underived ON ingest_files (file_id) WHERE state = 'loaded' AND derived_at IS NULL;
COMMENT ON INDEX idx_ingest_files_underived IS 'Loaded files whose dependent work is still to be done.';
CREATE INDEX idx_ingest_rejects_code ON ingest_rejects (code, rejected_at DESC);
COMMENT ON INDEX idx_ingest_rejects_code IS 'Newest rejects of a code.';

-- Down Migration

DROP INDEX idx_scalp_1m_bars_session, idx_scalp_1m_bars_time, idx_scalp_1m_coverage, idx_scalp_1m_bars_file,
    idx_scalp_gaps_session, idx_scalp_gaps_time,
    idx_swing_10m_session, idx_swing_10m_time_desc, idx_swing_10m_covering, idx_swing_10m_quality, idx_swing_10m_file,
    idx_eod_prices_date,
    idx_target_weights_policy_date, idx_portfolio_snapshot_time, idx_portfolio_positions_symbol,
    idx_rebalance_plan_policy, idx_rebalance_plan_status, idx_rebalance_plan_snapshot, idx_rebalance_execution_order,
    idx_portfolio_ledger_policy_time,
    idx_rolling_stats_time, idx_rolling_stats_symbol_window,
    idx_threshold_candidates_symbol, idx_threshold_candidates_time, idx_threshold_candidates_run,
    idx_threshold_candidates_performance, idx_threshold_candidates_optimal,
    idx_analysis_runs_config, idx_analysis_runs_started,
    idx_signal_events_conditions, idx_signal_events_outcome, idx_signal_events_due, idx_signal_events_run,
    idx_condition_runs_expression, idx_condition_hits_symbol_time,
    idx_ingest_files_unfinished, idx_ingest_files_underived, idx_ingest_rejects_code;
