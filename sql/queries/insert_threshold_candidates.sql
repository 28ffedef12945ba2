-- The candidates of a batch of symbols. $2: a JSON array, one object a candidate; numbers arrive with every digit.
INSERT INTO analysis_threshold_candidates (
  run_id, symbol, strategy_type, direction, basis, gap_policy, entry_threshold_pct, exit_threshold_pct,
  holding_period_minutes, backtest_start, backtest_end, total_trades, winning_trades, losing_trades, win_rate,
  total_return_pct, avg_return_pct, max_return_pct, min_return_pct, profit_factor, sharpe_ratio, sortino_ratio,
  max_drawdown_pct, avg_drawdown_pct, t_statistic, p_value, note, config_hash, rank_score
)
SELECT
  $1, found.symbol, 'swing', $3, concat('10m bars, ', found.mode, ', ', $4::text), 'exclude', found.entry_threshold,
  found.exit_threshold, 10 * found.hold_bars, found.backtest_start, found.backtest_end, found.trades, found.wins,
  found.losses, found.win_rate, found.total_return, found.avg_return, found.max_return, found.min_return,
  found.profit_factor, found.sharpe_ratio, found.sortino_ratio, found.max_drawdown, found.avg_drawdown,
  found.t_statistic, found.p_value, found.note, $5, found.rank_score
FROM jsonb_to_recordset($2::jsonb) AS found (
  symbol text, mode text, entry_threshold double precision, exit_threshold double precision, hold_bars integer,
  backtest_start timestamptz, backtest_end timestamptz, trades integer, wins integer, losses integer,
  win_rate double precision, total_return double precision, avg_return double precision,
  max_return double precision, min_return double precision, profit_factor double precision,
  sharpe_ratio double precision, sortino_ratio double precision, max_drawdown double precision,
  avg_drawdown double precision, t_statistic double precision, p_value double precision, note text,
  rank_score double precision
)
