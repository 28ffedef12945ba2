-- Which file is this in the ledger? A path seen for the first time gets the next number; what is known of it stays.
INSERT INTO ingest_files AS known (path, dataset, bytes, state)
VALUES ($1, $2, $3, 'pending')
ON CONFLICT (path) DO UPDATE SET dataset = known.dataset
RETURNING file_id, path, dataset, state, sha256, checkpoint_bytes, checkpoint_lines, checkpoint_sha256,
  rows, duplicates, updated, conflicts, rejects, derived_at IS NOT NULL AS derived
