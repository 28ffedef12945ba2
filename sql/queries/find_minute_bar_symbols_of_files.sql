-- Whose 1-minute bars of [$1, $2) did the files $3 bring?
SELECT DISTINCT symbol
FROM scalp_1m_bars
WHERE ingest_file_id = ANY ($3::integer[]) AND bar_time >= $1::timestamptz AND bar_time < $2::timestamptz
