-- Makes the partitions that the next legacy ticks need. $1 id to begin behind, $2 rows of the batch. Reads the batch once.
SELECT create_monthly_partition('scalp_ticks', needed.month)
FROM (
  SELECT DISTINCT date_trunc('month', batch.event_time AT TIME ZONE 'Asia/Seoul')::DATE AS month
  FROM (
    SELECT event_time, refusal FROM phase13.mapped_scalp_ticks WHERE id > $1::BIGINT ORDER BY id LIMIT $2
  ) AS batch
  WHERE batch.refusal IS NULL
) AS needed
