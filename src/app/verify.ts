import {
  type FileRollback,
  type RepairReport,
  repair,
  rollbackFile,
  type VerifyOptions,
  type VerifyReport,
  verify,
} from "../verify/index.ts";
import { clockMs, nowUs } from "./clock.ts";
import type { Vault } from "./vault.ts";

export type VerifyRequest = Omit<VerifyOptions, "nowUs" | "clockMs">;

/** Runs the checks on the stored data; see `verify`. */
export async function verifyVault(vault: Vault, request: VerifyRequest = {}): Promise<VerifyReport> {
  return await verify(vault.store, { ...request, nowUs: nowUs(), clockMs });
}

/** Mends what the checks found, or says what it would do; see `repair`. */
export async function repairVault(
  vault: Vault,
  request: VerifyRequest & { plan: boolean },
): Promise<RepairReport> {
  return await repair(vault.store, { ...request, nowUs: nowUs(), clockMs });
}

/** Takes a loaded file back, or says what that would remove; see `rollbackFile`. */
export async function rollbackLoadedFile(vault: Vault, file: string, plan: boolean): Promise<FileRollback> {
  return await rollbackFile(vault.store, /^\d+$/.test(file) ? Number(file) : file, { dryRun: plan });
}
