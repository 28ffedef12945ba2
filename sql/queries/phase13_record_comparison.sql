-- Keeps what a comparison found; a comparison made again replaces it.
INSERT INTO phase13.upgrade_comparison (table_name, part, legacy_rows, legacy_hash, public_rows, public_hash)
VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (table_name, part) DO UPDATE SET
  legacy_rows = excluded.legacy_rows, legacy_hash = excluded.legacy_hash,
  public_rows = excluded.public_rows, public_hash = excluded.public_hash, compared_at = now()
