-- Which sets of target weights in force from $1 to before $2 do not add up to 1 ± 1 %?
SELECT count(*) OVER () AS defects, policy_id, effective_date, count(*)::integer AS symbols,
  sum(target_weight) AS weight_sum
FROM target_weights
WHERE effective_date >= coalesce(($1::timestamptz AT TIME ZONE 'Asia/Seoul')::date, '-infinity')
  AND effective_date < coalesce(($2::timestamptz AT TIME ZONE 'Asia/Seoul')::date, 'infinity')
GROUP BY policy_id, effective_date
HAVING abs(sum(target_weight) - 1) > 0.01
ORDER BY policy_id, effective_date
LIMIT 20
