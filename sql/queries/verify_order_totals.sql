-- Which orders of plans made in [$2, $3) for the symbols $1 contradict their fills, and which their plan?
WITH orders AS (
  SELECT o.order_id, o.plan_id, o.symbol, o.status, o.target_qty, p.status AS plan_status,
    coalesce(sum(e.filled_qty), 0)::bigint AS filled_qty, count(e.exec_id) AS executions,
    count(e.exec_id) FILTER (WHERE e.status = 'REJECTED') AS rejections
  FROM rebalance_orders o
  JOIN rebalance_plan p USING (plan_id)
  LEFT JOIN rebalance_execution e USING (order_id)
  WHERE ($1::text[] IS NULL OR o.symbol = ANY ($1::text[]))
    AND p.created_at >= coalesce($2::timestamptz, '-infinity') AND p.created_at < coalesce($3::timestamptz, 'infinity')
  GROUP BY o.order_id, p.plan_id
), judged AS (
  SELECT order_id, plan_id, symbol, status, plan_status, target_qty, filled_qty,
    CASE
      WHEN filled_qty > target_qty THEN 'filled beyond its quantity'
      WHEN status = 'filled' AND filled_qty <> target_qty THEN 'filled, but not in full'
      WHEN status <> 'filled' AND filled_qty = target_qty THEN 'in full, but not filled'
      WHEN status = 'pending' AND executions > 0 THEN 'executed while pending'
      WHEN status = 'rejected' AND rejections = 0 THEN 'rejected by no execution'
      WHEN plan_status = 'pending' AND status NOT IN ('pending', 'cancelled') THEN 'ahead of its pending plan'
      WHEN plan_status IN ('done', 'cancelled', 'error') AND status IN ('pending', 'executing') THEN 'open in an ended plan'
    END AS defect
  FROM orders
)
SELECT count(*) OVER () AS defects, order_id, plan_id, symbol, defect, status, plan_status, target_qty, filled_qty
FROM judged
WHERE defect IS NOT NULL
ORDER BY order_id
LIMIT 20
