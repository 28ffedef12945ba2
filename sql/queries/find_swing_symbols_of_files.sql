-- Whose 10-minute bars of [$1, $2) did the files $3 bring?
SELECT DISTINCT symbol
FROM swing_bars_10m
WHERE ingest_file_id = ANY ($3::integer[]) AND bar_time >= $1::timestamptz AND bar_time < $2::timestamptz
