-- Lines that could not be used, whole, with the reason. A line keeps its first judgement.
INSERT INTO ingest_rejects (file_id, line, code, field, reason, raw, raw_bytes)
SELECT $1, line, code, field, reason, raw, raw_bytes
FROM unnest($2::bigint[], $3::text[], $4::text[], $5::text[], $6::bytea[], $7::bigint[])
  AS rejected (line, code, field, reason, raw, raw_bytes)
ON CONFLICT (file_id, line, code) DO NOTHING
