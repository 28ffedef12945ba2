// verify — asks whether what is stored is whole and right, says why not, mends what the data themselves can mend.
// in: a store, a scope   out: results of checks, steps of repair, a file taken back   touches: the store, the files named by the ledger (only when asked)
export type { Area, Check, CheckResult, SampleRow } from "./check.ts";
export { CHECKS } from "./registry.ts";
export { type RepairOptions, type RepairReport, type RepairStep, repair } from "./repair.ts";
export { type FileRollback, type RollbackOptions, rollbackFile } from "./rollback-file.ts";
export type { VerifyScope } from "./scope.ts";
export {
  type CheckReport,
  type VerifyOptions,
  type VerifyProgress,
  type VerifyReport,
  verify,
} from "./verify.ts";
