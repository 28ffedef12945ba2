import { SECOND_US, type TimeUs } from "../record/index.ts";
import { VOLUME_SURGE } from "./codes.ts";
import type { GateThresholds } from "./rules.ts";
import { DEGRADES, type Findings } from "./verdict.ts";

const BUCKET_US = 10 * SECOND_US;
/** 30 buckets of 10 s: five minutes, the running bucket included. */
const BUCKETS = 30;
/** Records dated 1970 KST lie before 1970 UTC: bucket numbers may be negative, slots not. */
const slotOf = (bucket: number): number => ((bucket % BUCKETS) + BUCKETS) % BUCKETS;

/**
 * Mean volume of the trades (volume > 0) of the last five minutes of event time, in buckets of 10 s.
 * Samples without a trade are left out: between the samples of a quiet stock every trade would be a surge.
 * Volumes are whole shares, so adding and taking away leaves no residue. O(1) per tick.
 */
export interface VolumeMean {
  readonly bucketShares: Float64Array;
  readonly bucketTrades: Float64Array;
  shares: number;
  trades: number;
  /** Bucket number of the latest tick, counted from 1970. */
  bucket: number;
}

export function newVolumeMean(): VolumeMean {
  return {
    bucketShares: new Float64Array(BUCKETS),
    bucketTrades: new Float64Array(BUCKETS),
    shares: 0,
    trades: 0,
    bucket: 0,
  };
}

export function cloneVolumeMean(mean: VolumeMean): VolumeMean {
  return { ...mean, bucketShares: mean.bucketShares.slice(), bucketTrades: mean.bucketTrades.slice() };
}

export function forgetVolumes(mean: VolumeMean): void {
  mean.bucketShares.fill(0);
  mean.bucketTrades.fill(0);
  mean.shares = 0;
  mean.trades = 0;
}

/** Lets go of what is older than five minutes. Late ticks stay out: the event time never goes back here. */
export function advanceVolumes(mean: VolumeMean, eventTimeUs: TimeUs): void {
  const bucket = Math.floor(eventTimeUs / BUCKET_US);
  if (bucket === mean.bucket) return;
  if (bucket - mean.bucket >= BUCKETS) {
    if (mean.trades > 0) forgetVolumes(mean);
  } else {
    for (let passed = mean.bucket + 1; passed <= bucket; passed++) {
      const slot = slotOf(passed);
      mean.shares -= mean.bucketShares[slot]!;
      mean.trades -= mean.bucketTrades[slot]!;
      mean.bucketShares[slot] = 0;
      mean.bucketTrades[slot] = 0;
    }
  }
  mean.bucket = bucket;
}

/** G-003, against the mean without the tick itself. */
export function volumeFindings(
  volume: number,
  mean: VolumeMean,
  thresholds: Readonly<GateThresholds>,
): Findings {
  if (mean.trades < thresholds.volumeSurgeTrades) return 0;
  return volume * mean.trades > thresholds.volumeSurge * mean.shares ? VOLUME_SURGE | DEGRADES : 0;
}

/** Adds a tick of the running bucket. */
export function noteVolume(mean: VolumeMean, volume: number): void {
  if (!(volume > 0)) return;
  const slot = slotOf(mean.bucket);
  mean.bucketShares[slot] = mean.bucketShares[slot]! + volume;
  mean.bucketTrades[slot] = mean.bucketTrades[slot]! + 1;
  mean.shares += volume;
  mean.trades += 1;
}
