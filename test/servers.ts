import { existsSync, readdirSync } from "node:fs";

const DEBIAN_POSTGRES = "/usr/lib/postgresql";

/** The oldest PostgreSQL ≥ 15 that the system offers, or why there is none. */
export function findSystemPostgres(): { bin: string; major: number } | { absent: string } {
  if (!existsSync(DEBIAN_POSTGRES)) return { absent: `no PostgreSQL under ${DEBIAN_POSTGRES}` };
  const majors = readdirSync(DEBIAN_POSTGRES)
    .map(Number)
    .filter((major) => major >= 15 && existsSync(`${DEBIAN_POSTGRES}/${major}/bin/initdb`))
    .sort((a, b) => a - b);
  const [major] = majors;
  if (major === undefined) return { absent: `no PostgreSQL 15 or later under ${DEBIAN_POSTGRES}` };
  return { bin: `${DEBIAN_POSTGRES}/${major}/bin`, major };
}
