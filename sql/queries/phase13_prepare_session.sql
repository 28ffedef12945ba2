-- Sets up the connection the upgrade works on: no time limit of the role cuts a step short, instants read as they were
-- written, and, where the server can see it, a killed upgrade does not leave a statement running that holds the lock.
DO $$
BEGIN
    SET statement_timeout = 0;
    SET idle_in_transaction_session_timeout = 0;
    SET TIME ZONE 'UTC';
    SET work_mem = '64MB';
    SET lock_timeout = '60s';
    BEGIN
        SET client_connection_check_interval = '1s';
    EXCEPTION WHEN OTHERS THEN
        NULL; -- this platform cannot; the statement under way ends by itself
    END;
END
$$
