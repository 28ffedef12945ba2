-- Who else is connected to this database? What writes there now would write beside the upgrade.
SELECT coalesce(nullif(application_name, ''), usename::TEXT) || ' (pid ' || pid || ')' AS name
FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND backend_type = 'client backend'
ORDER BY pid
