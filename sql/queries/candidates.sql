-- Which candidates were evaluated before $5, newest first, at most $6 of them (NULL: all)?
-- $1 symbol, $2 strategy type, $3 run: NULL does not restrict. $4: only those that passed every validation.
SELECT candidate_id, run_id, symbol, strategy_type, direction, basis, gap_policy, analysis_time, entry_threshold_pct,
  exit_threshold_pct, stop_loss_pct, take_profit_pct, holding_period_minutes, backtest_start, backtest_end,
  total_trades, winning_trades, losing_trades, win_rate, total_return_pct, avg_return_pct, max_return_pct,
  min_return_pct, profit_factor, sharpe_ratio, sortino_ratio, max_drawdown_pct, avg_drawdown_pct, t_statistic, p_value,
  validation, note, config_hash, rank_score, is_optimal
FROM analysis_threshold_candidates
WHERE ($1::text IS NULL OR symbol = $1)
  AND ($2::text IS NULL OR strategy_type = $2)
  AND ($3::bigint IS NULL OR run_id = $3)
  AND (NOT $4::boolean OR is_optimal)
  AND candidate_id < $5::bigint
ORDER BY candidate_id DESC
LIMIT $6
