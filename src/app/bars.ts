import {
  type BarsReport,
  buildBars,
  buildSwingBarsFromMinutes,
  ensureCalendar,
  type SwingBarsReport,
} from "../derive/index.ts";
import { requireDate } from "./dates.ts";
import type { Vault } from "./vault.ts";

export interface BarsBuilt {
  minutes: BarsReport;
  tenMinutes: SwingBarsReport;
}

/** Builds 1-minute bars from the ticks of whole dates, and 10-minute bars from them where no other source has one. */
export async function buildAllBars(
  vault: Vault,
  request: { from: string; to: string; symbols?: readonly string[]; signal?: AbortSignal },
): Promise<BarsBuilt> {
  const { symbols, signal } = request;
  const range = {
    from: requireDate("from", request.from),
    to: requireDate("to", request.to),
    ...(symbols === undefined ? {} : { symbols }),
    ...(signal === undefined ? {} : { signal }),
  };
  await ensureCalendar(vault.store);
  const minutes = await buildBars(vault.store, range);
  const tenMinutes = await buildSwingBarsFromMinutes(vault.store, range);
  return { minutes, tenMinutes };
}
