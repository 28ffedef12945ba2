-- Is there a partition of ticks for the month that begins at $1? Without one the ticks were archived, or never came.
SELECT 1 FROM tick_partitions WHERE from_time = $1::timestamptz
