import pg from "pg";
import { ensureRoles, migrate } from "../src/store/index.ts";

/** What a test file needs to copy the template. */
export interface TestServer {
  adminUrl: string;
  version: number;
  passwords: { owner: string; writer: string; reader: string };
}

export const TEMPLATE = "observer_template";
const PASSWORDS = { owner: "owner-of-tests", writer: "writer-of-tests", reader: "reader-of-tests" };

/** Creates the roles and a database with every migration applied. */
export async function createTemplate(adminUrl: string): Promise<TestServer> {
  await ensureRoles(adminUrl, { passwords: PASSWORDS, database: TEMPLATE });
  const outcome = await migrate(roleUrl(adminUrl, "observer_owner", PASSWORDS.owner, TEMPLATE));
  if (outcome.error !== undefined) throw outcome.error;
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  const version = await admin.query<{ number: number }>(
    "SELECT current_setting('server_version_num')::int AS number",
  );
  await admin.end();
  return { adminUrl, version: version.rows[0]?.number ?? 0, passwords: PASSWORDS };
}

export function roleUrl(adminUrl: string, user: string, password: string, database: string): string {
  const url = new URL(adminUrl);
  url.username = user;
  url.password = password;
  url.pathname = `/${database}`;
  return url.href;
}
