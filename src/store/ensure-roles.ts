import pg from "pg";
import { openClient } from "./store.ts";

export interface RolePasswords {
  readonly owner: string;
  readonly writer: string;
  readonly reader: string;
}

/** Serialises processes that set up roles on one server: roles belong to the server, not to a database. */
const LOCK = "7240312066216";

/**
 * Makes the logins observer_owner, observer_writer and observer_reader, gives them these passwords, and makes the
 * database, owned by the first. What is there already stays. `migrate` then gives the roles their rights on tables.
 *
 * @throws ObserverError OBS_DATABASE_UNREACHABLE; the server's error where `adminUrl` may not do this.
 */
export async function ensureRoles(
  adminUrl: string,
  options: { passwords: RolePasswords; database: string },
): Promise<void> {
  const admin = await openClient(adminUrl, "observer setup");
  try {
    await admin.query("SELECT pg_advisory_lock($1)", [LOCK]);
    await ensureLogin(admin, "observer_owner", options.passwords.owner);
    await ensureLogin(admin, "observer_writer", options.passwords.writer);
    await ensureLogin(admin, "observer_reader", options.passwords.reader);
    await ensureDatabase(admin, options.database);
  } finally {
    await admin.end();
  }
}

async function ensureLogin(admin: pg.Client, role: string, password: string): Promise<void> {
  const { rows } = await admin.query("SELECT 1 FROM pg_roles WHERE rolname = $1", [role]);
  const verb = rows.length === 0 ? "CREATE" : "ALTER";
  await admin.query(`${verb} ROLE ${role} LOGIN PASSWORD ${pg.escapeLiteral(password)}`);
}

async function ensureDatabase(admin: pg.Client, database: string): Promise<void> {
  const name = pg.escapeIdentifier(database);
  const { rows } = await admin.query("SELECT 1 FROM pg_database WHERE datname = $1", [database]);
  if (rows.length === 0) {
    // An administrator who is no superuser may only give a database to a role it belongs to.
    await admin.query(`
      DO $$ BEGIN
        IF NOT pg_has_role(current_user, 'observer_owner', 'MEMBER') THEN
          EXECUTE format('GRANT observer_owner TO %I', current_user);
        END IF;
      END $$`);
    // Byte order, so that ORDER BY symbol means the same on every server.
    await admin.query(
      `CREATE DATABASE ${name} OWNER observer_owner TEMPLATE template0
       ENCODING 'UTF8' LOCALE_PROVIDER libc LOCALE 'C'`,
    );
  }
  await admin.query(`REVOKE ALL ON DATABASE ${name} FROM PUBLIC`);
  await admin.query(`GRANT CONNECT ON DATABASE ${name} TO observer_writer, observer_reader`);
  // Staging tables of the loader are temporary.
  await admin.query(`GRANT TEMPORARY ON DATABASE ${name} TO observer_writer`);
}
