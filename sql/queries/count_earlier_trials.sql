-- How many combinations did other questions try on the same input before this run? A question asked twice counts once.
SELECT coalesce(sum(asked.trials), 0)::bigint AS trials
FROM (
  SELECT max(earlier.trials) AS trials
  FROM analysis_runs AS earlier
  JOIN analysis_runs AS this USING (input_fingerprint)
  WHERE this.run_id = $1 AND earlier.run_id < this.run_id AND earlier.config_hash <> this.config_hash
  GROUP BY earlier.config_hash
) AS asked
