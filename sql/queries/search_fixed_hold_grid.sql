-- What would every combination of the grid have earned on these symbols? 15 to 30 ms a symbol and month.
SELECT symbol, mode, entry_threshold, exit_threshold, hold_bars, trades, wins, losses, win_rate, total_return,
  avg_return, max_return, min_return, profit_factor, sharpe_ratio, sortino_ratio, max_drawdown, avg_drawdown,
  t_statistic, note
FROM fixed_hold_grid(
  $1::text[], $2::date, $3::date, $4::double precision[], $5::double precision[], $6::integer[], $7::text[], $8, $9,
  $10::date[], $11::double precision[], $12::double precision[], $13::date[])
