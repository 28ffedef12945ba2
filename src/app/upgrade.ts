import {
  dropPhase13,
  planUpgrade,
  type UpgradeEvent,
  type UpgradePlan,
  type UpgradeReport,
  upgradePhase13,
} from "../store/index.ts";
import { type VaultOptions, withServer } from "./vault.ts";

export type { UpgradeEvent, UpgradePlan, UpgradeReport };

/** What the upgrade from Phase 13 would do, or has yet to do; `state.kind` says whether there is anything of it. */
export async function planDatabaseUpgrade(options: VaultOptions): Promise<UpgradePlan> {
  return await withServer(options, (urls) => planUpgrade(urls.owner));
}

/** Upgrades a database of Phase 13 in place, or goes on with it. */
export async function upgradeDatabase(
  options: VaultOptions,
  events: { onProgress?: (event: UpgradeEvent) => void; signal?: AbortSignal } = {},
): Promise<UpgradeReport> {
  return await withServer(options, (urls) => upgradePhase13(urls.owner, events));
}

/** Drops the legacy tables of an upgraded database; refused unless they were found equal. */
export async function dropLegacyTables(
  options: VaultOptions,
): Promise<{ dropped: string[]; refusedRows: number }> {
  return await withServer(options, (urls) => dropPhase13(urls.owner));
}
