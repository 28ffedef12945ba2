-- Combinations tried count from the transaction that evaluated them, whether or not the run ends well.
UPDATE analysis_runs SET trials = trials + $2 WHERE run_id = $1
