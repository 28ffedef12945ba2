-- why:   owner migrates, writer stores, reader reads: a mistake in one place cannot do the damage of another
-- locks: nothing that lasts (privileges of each table)

-- Up Migration

-- A function, so that it can be run again: after a role was made later, or a migration added functions.
CREATE FUNCTION grant_observer_roles() RETURNS VOID LANGUAGE plpgsql AS $$
DECLARE
    object RECORD;
BEGIN
    IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('observer_writer', 'observer_reader')) < 2 THEN
        RAISE NOTICE 'roles observer_writer and observer_reader do not exist; privileges are left as they are';
        RETURN;
    END IF;
    GRANT USAGE ON SCHEMA public TO observer_writer, observer_reader;

    FOR object IN
        SELECT c.oid::REGCLASS AS name, c.relkind, c.relname
        FROM pg_class c
        WHERE c.relnamespace = 'public'::REGNAMESPACE AND c.relowner = current_user::REGROLE
            AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    LOOP
        IF object.relkind = 'S' THEN
            EXECUTE format('GRANT USAGE, SELECT ON SEQUENCE %s TO observer_writer', object.name);
        ELSE
            EXECUTE format('GRANT SELECT ON %s TO observer_writer, observer_reader', object.name);
        END IF;
        IF object.relkind IN ('r', 'p') AND object.relname <> 'migration_log' THEN
            EXECUTE format('GRANT INSERT%s ON %s TO observer_writer',
                CASE WHEN object.relname = 'portfolio_ledger' THEN '' ELSE ', UPDATE, DELETE' END, object.name);
        END IF;
    END LOOP;

    -- The reader gets what only looks; the writer everything, which includes what acts with the owner's rights.
    FOR object IN
        SELECT p.oid::REGPROCEDURE AS name, (p.provolatile <> 'v' AND NOT p.prosecdef) AS only_looks
        FROM pg_proc p
        WHERE p.pronamespace = 'public'::REGNAMESPACE AND p.proowner = current_user::REGROLE
            AND p.oid <> 'public.grant_observer_roles()'::REGPROCEDURE
    LOOP
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO observer_writer', object.name);
        IF object.only_looks THEN
            EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO observer_reader', object.name);
        END IF;
    END LOOP;

    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT ON TABLES TO observer_writer, observer_reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT INSERT, UPDATE, DELETE ON TABLES TO observer_writer;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO observer_writer;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT EXECUTE ON ROUTINES TO observer_writer;
END
$$;
COMMENT ON FUNCTION grant_observer_roles() IS
    'Gives observer_writer and observer_reader their privileges on everything the current user owns; does nothing where they do not exist.';

DO $$
DECLARE
    routine REGPROCEDURE;
BEGIN
    FOR routine IN
        SELECT p.oid FROM pg_proc p
        WHERE p.pronamespace = 'public'::REGNAMESPACE AND p.proowner = current_user::REGROLE
    LOOP
        EXECUTE format('REVOKE EXECUTE ON ROUTINE %s FROM PUBLIC', routine);
    END LOOP;
END
$$;
ALTER DEFAULT PRIVILEGES REVOKE EXECUTE ON ROUTINES FROM PUBLIC;
SELECT grant_observer_roles();

-- Down Migration

ALTER DEFAULT PRIVILEGES GRANT EXECUTE ON ROUTINES TO PUBLIC;
DROP FUNCTION grant_observer_roles();
DO $$
DECLARE
    object RECORD;
BEGIN
    FOR object IN
        SELECT p.oid::REGPROCEDURE AS name FROM pg_proc p
        WHERE p.pronamespace = 'public'::REGNAMESPACE AND p.proowner = current_user::REGROLE
    LOOP
        EXECUTE format('GRANT EXECUTE ON ROUTINE %s TO PUBLIC', object.name);
    END LOOP;
    IF (SELECT count(*) FROM pg_roles WHERE rolname IN ('observer_writer', 'observer_reader')) < 2 THEN
        RETURN;
    END IF;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON TABLES FROM observer_writer, observer_reader;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON SEQUENCES FROM observer_writer;
    ALTER DEFAULT PRIVILEGES IN SCHEMA public REVOKE ALL ON ROUTINES FROM observer_writer;
    REVOKE ALL ON ALL TABLES IN SCHEMA public FROM observer_writer, observer_reader;
    REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM observer_writer;
    REVOKE ALL ON ALL ROUTINES IN SCHEMA public FROM observer_writer, observer_reader;
    REVOKE USAGE ON SCHEMA public FROM observer_writer, observer_reader;
END
$$;
