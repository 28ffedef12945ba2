import type { Price, TimeUs } from "../../record/index.ts";
import type { Store } from "../store.ts";
import { checkId } from "./argument-checks.ts";
import { ask } from "./ask.ts";
import {
  type Amount,
  amount,
  type DatabaseRow,
  double,
  flag,
  instant,
  orNull,
  price,
  text,
  whole,
} from "./row-fields.ts";

export interface SnapshotRow {
  snapshotId: number;
  policyId: string;
  snapshotTimeUs: TimeUs;
  /** Cash + invested value. */
  totalValue: Amount;
  cash: Amount;
  investedValue: Amount;
  /** √Σ(current − target weight)², cash left out. */
  allocationDrift: number | null;
  positionCount: number;
  /** Sum of the positions' market values; it should be the invested value. */
  positionsValue: Amount;
}

export interface PositionRow {
  snapshotId: number;
  symbol: string;
  /** Shares. */
  quantity: number;
  avgPrice: Price | null;
  marketPrice: Price | null;
  /** Start of the bar the position was valued with. */
  priceTimeUs: TimeUs | null;
  /** That price was older than one session. */
  priceIsStale: boolean;
  marketValue: Amount | null;
  /** Fractions of the total value. */
  targetWeight: number | null;
  currentWeight: number | null;
  weightDiff: number | null;
}

export interface AllocationDrift {
  snapshotId: number;
  policyId: string;
  snapshotTimeUs: TimeUs;
  /** As stored with the snapshot, and as its positions give it now; a difference is a finding. */
  storedDrift: number | null;
  recomputedDrift: number;
  /** The drift from which the policy rebalances. */
  rebalanceThreshold: number;
}

/** A snapshot by its number, or the newest of all policies; null when there is none. */
export async function getSnapshot(store: Store, id: number | bigint | "latest"): Promise<SnapshotRow | null> {
  const rows =
    id === "latest"
      ? await ask(store, "latest_portfolio_snapshot", [], decodeSnapshot)
      : await ask(store, "portfolio_snapshot", [checkId("snapshot", id)], decodeSnapshot);
  return rows[0] ?? null;
}

/** The positions of a snapshot in order of symbol; none when there is no such snapshot. */
export async function getPositions(store: Store, snapshotId: number | bigint): Promise<PositionRow[]> {
  return await ask(store, "portfolio_positions", [checkId("snapshot", snapshotId)], decodePosition);
}

/** How far a snapshot is from its targets; null when there is no such snapshot. */
export async function getAllocationDrift(
  store: Store,
  snapshotId: number | bigint,
): Promise<AllocationDrift | null> {
  const rows = await ask(store, "allocation_drift", [checkId("snapshot", snapshotId)], (row) => ({
    snapshotId: whole(row, "snapshot_id"),
    policyId: text(row, "policy_id"),
    snapshotTimeUs: instant(row, "snapshot_time"),
    storedDrift: orNull(double, row, "stored_drift"),
    recomputedDrift: double(row, "recomputed_drift"),
    rebalanceThreshold: double(row, "rebalance_threshold"),
  }));
  return rows[0] ?? null;
}

function decodeSnapshot(row: DatabaseRow): SnapshotRow {
  return {
    snapshotId: whole(row, "snapshot_id"),
    policyId: text(row, "policy_id"),
    snapshotTimeUs: instant(row, "snapshot_time"),
    totalValue: amount(row, "total_value"),
    cash: amount(row, "cash"),
    investedValue: amount(row, "invested_value"),
    allocationDrift: orNull(double, row, "allocation_drift"),
    positionCount: whole(row, "position_count"),
    positionsValue: amount(row, "positions_value"),
  };
}

function decodePosition(row: DatabaseRow): PositionRow {
  return {
    snapshotId: whole(row, "snapshot_id"),
    symbol: text(row, "symbol"),
    quantity: whole(row, "quantity"),
    avgPrice: orNull(price, row, "avg_price"),
    marketPrice: orNull(price, row, "market_price"),
    priceTimeUs: orNull(instant, row, "price_time"),
    priceIsStale: flag(row, "price_is_stale"),
    marketValue: orNull(amount, row, "market_value"),
    targetWeight: orNull(double, row, "target_weight"),
    currentWeight: orNull(double, row, "current_weight"),
    weightDiff: orNull(double, row, "weight_diff"),
  };
}
