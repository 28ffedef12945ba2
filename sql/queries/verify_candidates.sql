-- Which candidates evaluated in [$2, $3) for the symbols $1 have no run, or counts and rates that contradict each other?
WITH judged AS (
  SELECT c.candidate_id, c.run_id, c.symbol, c.total_trades, c.winning_trades, c.losing_trades, c.win_rate,
    CASE
      WHEN r.run_id IS NULL THEN 'no run'
      WHEN c.total_trades < 0 OR c.winning_trades < 0 OR c.losing_trades < 0 THEN 'a negative count'
      WHEN c.winning_trades + c.losing_trades > c.total_trades THEN 'more wins and losses than trades'
      WHEN c.total_trades > 0 AND abs(c.win_rate - c.winning_trades::double precision / c.total_trades) > 1e-12
        THEN 'win rate is not wins / trades'
      WHEN c.total_trades = 0 AND c.win_rate IS NOT NULL THEN 'a win rate without trades'
      WHEN c.min_return_pct > c.max_return_pct THEN 'worst trade above the best'
    END AS defect
  FROM analysis_threshold_candidates c
  LEFT JOIN analysis_runs r USING (run_id)
  WHERE ($1::text[] IS NULL OR c.symbol = ANY ($1::text[]))
    AND c.analysis_time >= coalesce($2::timestamptz, '-infinity')
    AND c.analysis_time < coalesce($3::timestamptz, 'infinity')
)
SELECT count(*) OVER () AS defects, candidate_id, run_id, symbol, defect, total_trades, winning_trades, losing_trades,
  win_rate
FROM judged
WHERE defect IS NOT NULL
ORDER BY candidate_id
LIMIT 20
