-- What did a run find, in one hash? Everything of its candidates but their numbers and when they were written.
SELECT encode(sha256(convert_to(coalesce(string_agg(found.text, E'\n' ORDER BY found.text COLLATE "C"), ''), 'UTF8')), 'hex')
  AS sha256
FROM (
  SELECT row(
    symbol, strategy_type, direction, basis, gap_policy, entry_threshold_pct, exit_threshold_pct,
    holding_period_minutes, extract(epoch FROM backtest_start), extract(epoch FROM backtest_end), total_trades,
    winning_trades, losing_trades, win_rate, total_return_pct, avg_return_pct, max_return_pct, min_return_pct,
    profit_factor, sharpe_ratio, sortino_ratio, max_drawdown_pct, avg_drawdown_pct, t_statistic, p_value, note,
    rank_score
  )::text AS text
  FROM analysis_threshold_candidates
  WHERE run_id = $1
) AS found
