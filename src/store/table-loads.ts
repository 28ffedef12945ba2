import type { TableLoad } from "./chunk-loader.ts";
import { sqlFile } from "./sql-file.ts";

export function tickLoad(): TableLoad {
  return {
    copy: sqlFile("copy_ticks"),
    createStaging: sqlFile("stage_ticks"),
    copyStaging: sqlFile("copy_staged_ticks"),
    merge: sqlFile("merge_staged_ticks"),
    findConflicts: sqlFile("find_tick_conflicts"),
  };
}

export function swingBarLoad(): TableLoad {
  return {
    copy: sqlFile("copy_swing_bars"),
    createStaging: sqlFile("stage_swing_bars"),
    copyStaging: sqlFile("copy_staged_swing_bars"),
    merge: sqlFile("merge_staged_swing_bars"),
  };
}

export function gapLoad(): TableLoad {
  return {
    copy: sqlFile("copy_gaps"),
    createStaging: sqlFile("stage_gaps"),
    copyStaging: sqlFile("copy_staged_gaps"),
    merge: sqlFile("merge_staged_gaps"),
  };
}

export function minuteBarLoad(): TableLoad {
  return {
    copy: sqlFile("copy_minute_bars"),
    createStaging: sqlFile("stage_minute_bars"),
    copyStaging: sqlFile("copy_staged_minute_bars"),
    merge: sqlFile("merge_staged_minute_bars"),
  };
}

export function dailyPriceLoad(): TableLoad {
  return {
    copy: sqlFile("copy_daily_prices"),
    createStaging: sqlFile("stage_daily_prices"),
    copyStaging: sqlFile("copy_staged_daily_prices"),
    merge: sqlFile("merge_staged_daily_prices"),
  };
}
