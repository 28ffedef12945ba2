-- Moves the bound of the hot indexes to the hot days before $1.
SELECT move_hot_bound(date_trunc('day', $1::timestamptz, 'Asia/Seoul') - make_interval(days => m.hot_retention_days))
FROM partition_management m
WHERE m.table_name = 'scalp_ticks'
