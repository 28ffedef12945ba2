// app — configuration, clock and wiring: the rooms put together into things a user can ask for.
// in: settings, requests   out: opened vaults, finished flows   touches: everything, through the doors (alone reads the environment)

export { buildAllBars } from "./bars.ts";
export { clockMs, nowUs } from "./clock.ts";
export { PRESET_NAMES, type PresetName, presetMap, readColumnMap } from "./column-map.ts";
export { type Config, describeConfig, localeLanguage, maskUrl, readConfig, type Settings } from "./config.ts";
export {
  databaseStatus,
  migrateDatabase,
  plannedMigrations,
  plannedRollback,
  rollbackMigration,
  runSql,
  startDatabase,
  stopDatabase,
} from "./database.ts";
export { type DemoReport, type DemoStage, runDemo } from "./demo.ts";
export { importBars } from "./import.ts";
export { type LoadEvents, type LoadSummary, loadRoot } from "./load.ts";
export { type Observer, type ObserverOptions, openObserver } from "./open-observer.ts";
export { type OptimizeRequest, optimize } from "./optimize.ts";
export {
  dropLegacyTables,
  planDatabaseUpgrade,
  type UpgradeEvent,
  type UpgradePlan,
  type UpgradeReport,
  upgradeDatabase,
} from "./upgrade.ts";
export { openVault, type Vault } from "./vault.ts";
export { repairVault, rollbackLoadedFile, type VerifyRequest, verifyVault } from "./verify.ts";
export { packageVersion } from "./version.ts";
