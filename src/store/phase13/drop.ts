import { ObserverError } from "../../errors/index.ts";
import { sqlFile } from "../sql-file.ts";
import { openClient } from "../store.ts";
import { readPhase13 } from "./detect.ts";
import { LEGACY_TABLES } from "./legacy-table.ts";
import { readProgress } from "./progress.ts";
import { UPGRADE_LOCK } from "./upgrade.ts";

/**
 * Drops the legacy tables of an upgraded database. Refused unless every table was compared and found equal; refused
 * rows, the account of the upgrade, and what was only moved out of the way stay in schema phase13.
 *
 * @throws ObserverError OBS_UPGRADE_UNEQUAL, OBS_UPGRADE_FAILED, OBS_DATABASE_UNREACHABLE.
 */
export async function dropPhase13(ownerUrl: string): Promise<{ dropped: string[]; refusedRows: number }> {
  const client = await openClient(ownerUrl, "observer drop phase13");
  try {
    await client.query(sqlFile("phase13_prepare_session"));
    await client.query("SELECT pg_advisory_lock($1)", [UPGRADE_LOCK]);
    const state = await readPhase13(client);
    if (state.kind === "none" || state.kind === "legacy") {
      throw new ObserverError(
        "OBS_UPGRADE_FAILED",
        `database ${client.database} was not upgraded from Phase 13; there is nothing to drop.`,
        'upgrade it first, with "observer db migrate".',
      );
    }
    if (state.kind === "unfinished") {
      throw new ObserverError(
        "OBS_UPGRADE_UNEQUAL",
        `the legacy tables are all there is of ${[...state.waiting, ...state.unequal].join(", ")}: not copied, or not found equal.`,
        'run "observer db migrate --yes" until it says that all tables are equal.',
      );
    }
    await client.query(sqlFile("phase13_drop_tables"));
    const refusedRows = (await readProgress(client)).reduce((sum, { refused }) => sum + refused, 0);
    return { dropped: LEGACY_TABLES.map(({ name }) => name), refusedRows };
  } catch (cause) {
    if (cause instanceof ObserverError) throw cause;
    const detail = cause instanceof Error && "detail" in cause ? ` ${String(cause.detail)}` : "";
    throw new ObserverError(
      "OBS_UPGRADE_FAILED",
      `the legacy tables were not dropped: ${cause instanceof Error ? cause.message : String(cause)}.${detail}`,
      "nothing was changed. Drop what depends on them, or let it read the tables in public, and run the command again.",
      cause,
    );
  } finally {
    await client.end();
  }
}
