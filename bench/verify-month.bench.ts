import { nowUs } from "../dist/app/index.js";
import { buildBars, findGaps, syncMarketSessions } from "../dist/derive/index.js";
import { tradeDate } from "../dist/record/index.js";
import { openClient, type Store } from "../dist/store/index.js";
import { verify } from "../dist/verify/index.js";
import { machine, thousands } from "./machine.js";
import { openScratchVault } from "./scratch-vault.js";

const SYMBOLS = 41;
const TARGET_SECONDS = 120;
const FIRST = "2026-01-02";
const LAST = process.env.BENCH_VERIFY_TO ?? "2026-01-30";

/** `observer verify` of a month at the full rate: 41 symbols at 2 Hz, 131 symbols of 10-minute bars. */
export async function benchVerifyMonth(): Promise<void> {
  const scratch = await openScratchVault();
  const { store } = scratch.vault;
  const ticks = await fill(store);
  console.log(
    `\n## Verification of ${FIRST} to ${LAST}: ${thousands(ticks)} ticks\n\n${machine(scratch.version)}\n`,
  );
  const report = await verify(store, { nowUs: nowUs(), clockMs: () => performance.now() });
  const slowest = [...report.checks].sort((a, b) => b.seconds - a.seconds).slice(0, 5);
  console.log("| check | result | seconds |\n|---|---|---:|");
  for (const { name, result, seconds } of slowest)
    console.log(`| ${name} | ${result.kind} | ${seconds.toFixed(1)} |`);
  for (const { name, result } of report.checks)
    if (result.kind === "failed") console.log(name, JSON.stringify(result));
  console.log(
    `\nall ${report.checks.length} checks: ${report.seconds.toFixed(1)} s, ${thousands(ticks / report.seconds)} ticks/s; ` +
      `asked for ${TARGET_SECONDS} s a month: ratio ${(TARGET_SECONDS / report.seconds).toFixed(2)}`,
  );
  await scratch.close();
}

/** Made by the server: loading is not what is measured here. */
async function fill(store: Store): Promise<number> {
  const owner = await openClient(store.urls.owner, "observer bench");
  const days = `SELECT d::date AS day FROM generate_series('${FIRST}'::date, '${LAST}', '1 day') AS d WHERE extract(isodow FROM d) < 6`;
  await owner.query("SELECT create_monthly_partition('scalp_ticks', '2026-01-01')");
  const { rows } = await owner.query<{ day: string }>(`SELECT day FROM (${days}) AS d ORDER BY day`);
  let ticks = 0;
  for (const { day } of rows) {
    const open = day === "2026-01-02" ? 3600 : 0;
    const inserted = await owner.query(
      `INSERT INTO scalp_ticks (symbol, event_time, bid_price, ask_price, bid_size, ask_size, last_price, volume, session_id)
       SELECT (100000 + 7 * n)::text, ($1::date + time '09:00') AT TIME ZONE 'Asia/Seoul' + half * interval '500 ms',
         20000 + (half % 40) * 50, 20050 + (half % 40) * 50, 100, 200, 20000 + (half % 40) * 50, half % 7, 'bench'
       FROM generate_series(0, $2 - 1) AS n, generate_series($3::int * 2, 22799 * 2 + 1) AS half`,
      [day, SYMBOLS, open],
    );
    ticks += inserted.rowCount ?? 0;
  }
  await owner.query(`
    INSERT INTO swing_bars_10m (symbol, bar_time, open, high, low, close, volume, bid_price, ask_price, session_id)
    SELECT (200000 + 17 * n)::text, (day + time '09:00') AT TIME ZONE 'Asia/Seoul' + slot * interval '10 minutes',
      20000, 20100, 19900, 20000 + (n * slot) % 90, 1000 + slot, 19990, 20000, 'bench'
    FROM generate_series(0, 130) AS n, (${days}) AS d, generate_series(0, 38) AS slot
    WHERE NOT (day = '2026-01-02' AND slot < 6)`);
  await owner.end();
  const range = { from: tradeDate(FIRST), to: tradeDate(LAST) };
  await syncMarketSessions(store, range.from, range.to);
  await buildBars(store, range);
  await findGaps(store, range);
  const vacuum = await openClient(store.urls.owner, "observer bench");
  await vacuum.query("VACUUM (ANALYZE)");
  await vacuum.end();
  return ticks;
}
