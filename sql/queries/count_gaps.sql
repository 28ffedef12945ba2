-- How many gaps that touch scope $1 begin in [$2, $3)?
-- A gap of scope 'all' touches every scope, and scope 'all' asks for every gap.
SELECT count(*) AS gaps
FROM scalp_gaps
WHERE gap_start_ts >= $2::timestamptz AND gap_start_ts < $3::timestamptz
  AND ($1 = 'all' OR scope IN ($1, 'all'))
