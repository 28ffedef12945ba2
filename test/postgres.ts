import { randomBytes } from "node:crypto";
import pg from "pg";
import { inject } from "vitest";
import { ensureRoles } from "../src/store/index.ts";
import { roleUrl, TEMPLATE } from "./template.ts";

export interface TestDatabase {
  name: string;
  ownerUrl: string;
  writerUrl: string;
  readerUrl: string;
  urls: { owner: string; writer: string; reader: string };
  /** Runs a statement as the owner. */
  query<R extends pg.QueryResultRow>(sql: string, params?: readonly unknown[]): Promise<R[]>;
  drop(): Promise<void>;
}

/** A database of this test file's own: a copy of the migrated template, or an empty one. */
export async function freshDatabase(
  options: { migrated: boolean } = { migrated: true },
): Promise<TestDatabase> {
  const { adminUrl, passwords } = inject("postgres");
  const name = `test_${randomBytes(6).toString("hex")}`;
  if (options.migrated) {
    await asAdmin(adminUrl, (admin) =>
      admin.query(`CREATE DATABASE ${name} TEMPLATE ${TEMPLATE} OWNER observer_owner`),
    );
  }
  // Roles' rights on a database are not copied with it.
  await ensureRoles(adminUrl, { passwords, database: name });
  const urls = {
    owner: roleUrl(adminUrl, "observer_owner", passwords.owner, name),
    writer: roleUrl(adminUrl, "observer_writer", passwords.writer, name),
    reader: roleUrl(adminUrl, "observer_reader", passwords.reader, name),
  };
  const owner = new pg.Pool({ connectionString: urls.owner, max: 4 });
  owner.on("error", () => undefined);
  return {
    name,
    ownerUrl: urls.owner,
    writerUrl: urls.writer,
    readerUrl: urls.reader,
    urls,
    query: async <R extends pg.QueryResultRow>(sql: string, params: readonly unknown[] = []) =>
      (await owner.query<R>(sql, [...params])).rows,
    drop: async () => {
      await owner.end();
      await asAdmin(adminUrl, (admin) => admin.query(`DROP DATABASE ${name} WITH (FORCE)`));
    },
  };
}

async function asAdmin<T>(adminUrl: string, act: (admin: pg.Client) => Promise<T>): Promise<T> {
  const admin = new pg.Client({ connectionString: adminUrl });
  await admin.connect();
  try {
    return await act(admin);
  } finally {
    await admin.end();
  }
}
