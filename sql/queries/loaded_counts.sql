-- How many rows and rejects did the loaded files of each kind leave? From the ledger, which counts with the rows.
SELECT dataset, sum(rows)::bigint AS rows, sum(rejects)::bigint AS rejects
FROM ingest_files GROUP BY dataset
