import type { Check } from "./check.ts";
import { barFiles } from "./checks/bar-files.ts";
import { candidateCounts } from "./checks/candidate-counts.ts";
import { coverageDefinition } from "./checks/coverage-definition.ts";
import { coverageDistribution } from "./checks/coverage-distribution.ts";
import { dailyPriceValues } from "./checks/daily-price-values.ts";
import { executionsBooked } from "./checks/executions-booked.ts";
import { fileLines } from "./checks/file-lines.ts";
import { fileRejects } from "./checks/file-rejects.ts";
import { filesOnDisk } from "./checks/files-on-disk.ts";
import { filesSettled } from "./checks/files-settled.ts";
import { gapRows } from "./checks/gap-rows.ts";
import { hotBound } from "./checks/hot-bound.ts";
import { hotQueryPlans } from "./checks/hot-query-plans.ts";
import { ledgerSnapshots } from "./checks/ledger-snapshots.ts";
import { marketCalendar } from "./checks/market-calendar.ts";
import { minuteBarValues } from "./checks/minute-bar-values.ts";
import { minuteBarsMatchTicks } from "./checks/minute-bars-match-ticks.ts";
import { minuteDays } from "./checks/minute-days.ts";
import { orderTotals } from "./checks/order-totals.ts";
import { partitionBounds } from "./checks/partition-bounds.ts";
import { partitionsAhead } from "./checks/partitions-ahead.ts";
import { qualityDistribution } from "./checks/quality-distribution.ts";
import { schemaManifest } from "./checks/schema-manifest.ts";
import { snapshotTotals } from "./checks/snapshot-totals.ts";
import { swingBarValues } from "./checks/swing-bar-values.ts";
import { swingReturns } from "./checks/swing-returns.ts";
import { swingSeriesHoles } from "./checks/swing-series-holes.ts";
import { swingSlots } from "./checks/swing-slots.ts";
import { targetWeightsSum } from "./checks/target-weights-sum.ts";
import { tickFiles } from "./checks/tick-files.ts";
import { tickSilences } from "./checks/tick-silences.ts";
import { tickValues } from "./checks/tick-values.ts";

/**
 * Every check, in the order they run. What others build on comes first, so that repair can go through them once: the
 * schema before the rows, the calendar before what is measured by it, ticks before bars.
 */
export const CHECKS: readonly Check[] = [
  schemaManifest,
  partitionBounds,
  partitionsAhead,
  hotBound,
  marketCalendar,
  tickValues,
  swingBarValues,
  minuteBarValues,
  dailyPriceValues,
  qualityDistribution,
  coverageDefinition,
  minuteBarsMatchTicks,
  coverageDistribution,
  swingReturns,
  gapRows,
  swingSeriesHoles,
  tickSilences,
  swingSlots,
  minuteDays,
  filesSettled,
  fileLines,
  fileRejects,
  tickFiles,
  barFiles,
  filesOnDisk,
  snapshotTotals,
  targetWeightsSum,
  orderTotals,
  executionsBooked,
  ledgerSnapshots,
  candidateCounts,
  hotQueryPlans,
];
