import pg from "pg";
import { readSchema, type SchemaManifest } from "../src/store/index.ts";

/** Everything the migrations decide: the manifest and who may do what. */
export interface SchemaDump {
  schema: SchemaManifest;
  privileges: string[];
}

export async function dumpSchema(ownerUrl: string): Promise<SchemaDump> {
  const client = new pg.Client({ connectionString: ownerUrl });
  await client.connect();
  try {
    const { rows } = await client.query<{ line: string }>(PRIVILEGES);
    return { schema: await readSchema(client), privileges: rows.map((row) => row.line) };
  } finally {
    await client.end();
  }
}

// A privilege list that was never touched is NULL and means the default one, which is what is compared.
const PRIVILEGES = `
  WITH objects AS (
    SELECT c.oid::regclass::text AS name,
      coalesce(c.relacl, acldefault(CASE c.relkind WHEN 'S' THEN 's' ELSE 'r' END::"char", c.relowner)) AS acl
    FROM pg_class c
    WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p', 'v', 'm', 'S')
    UNION ALL
    SELECT p.oid::regprocedure::text, coalesce(p.proacl, acldefault('f', p.proowner))
    FROM pg_proc p WHERE p.pronamespace = 'public'::regnamespace
    UNION ALL
    SELECT 'schema public', nspacl FROM pg_namespace WHERE nspname = 'public'
    UNION ALL
    SELECT format('default for %s in %s', defaclobjtype, defaclnamespace), defaclacl FROM pg_default_acl
  )
  SELECT o.name || ': ' || e.privilege_type || ' to ' || coalesce(r.rolname, 'PUBLIC') AS line
  FROM objects o CROSS JOIN LATERAL aclexplode(o.acl) e LEFT JOIN pg_roles r ON r.oid = e.grantee
  ORDER BY 1`;
