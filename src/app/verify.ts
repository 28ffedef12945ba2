import { type VerifyOptions, type VerifyReport, verify } from "../verify/index.ts";
import { clockMs, nowUs } from "./clock.ts";
import type { Vault } from "./vault.ts";

export type VerifyRequest = Omit<VerifyOptions, "nowUs" | "clockMs">;

/** Runs the checks on the stored data; see `verify`. */
export async function verifyVault(vault: Vault, request: VerifyRequest = {}): Promise<VerifyReport> {
  return await verify(vault.store, { ...request, nowUs: nowUs(), clockMs });
}
