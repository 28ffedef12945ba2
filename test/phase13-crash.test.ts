import { spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, expect, test } from "vitest";
import { upgradePhase13 } from "../src/store/index.ts";
import { phase13Database } from "./phase13-database.ts";
import type { TestDatabase } from "./postgres.ts";

const KILLS = 12;
const BATCH_ROWS = 1_000;
const PROGRAM = fileURLToPath(new URL("./programs/upgrade.mjs", import.meta.url));

let uninterrupted: unknown[];
const databases: TestDatabase[] = [];
const legacy = async () => {
  const database = await phase13Database();
  databases.push(database);
  return database;
};

beforeAll(async () => {
  const db = await legacy();
  expect((await upgradePhase13(db.ownerUrl)).kind).toBe("upgraded");
  uninterrupted = await contents(db);
});
afterAll(() => Promise.all(databases.map((database) => database.drop())));

const TABLES = [
  ...["scalp_ticks", "scalp_1m_bars", "scalp_gaps", "swing_bars_10m", "eod_prices", "collector_sessions"],
  ...["portfolio_policy", "target_weights", "portfolio_snapshot", "portfolio_positions"],
  ...["rebalance_plan", "rebalance_orders", "rebalance_execution"],
  ...[
    "phase13.upgrade_refused",
    "phase13.scalp_ticks",
    "phase13.swing_bars_10m",
    "phase13.portfolio_positions",
  ],
];

/** Every row of every table, the account of the upgrade and where the sequences stand. */
async function contents(db: TestDatabase): Promise<unknown[]> {
  const found: unknown[] = [];
  for (const table of TABLES) {
    found.push([
      table,
      ...(await db.query(
        `SELECT count(*)::int AS rows, md5(string_agg(t::text, '|' ORDER BY t::text COLLATE "C")) FROM ${table} AS t`,
      )),
    ]);
  }
  found.push(
    await db.query(
      `SELECT table_name, state, rows_read, rows_copied, rows_duplicate, rows_refused, changes
       FROM phase13.upgrade_progress ORDER BY position`,
    ),
    await db.query(
      "SELECT table_name, part, legacy_rows, legacy_hash, public_hash FROM phase13.upgrade_comparison ORDER BY 1, 2",
    ),
    await db.query(
      // A killed migration uses up a number of its ledger; no row tells.
      "SELECT sequencename, last_value FROM pg_sequences WHERE schemaname = 'public' AND sequencename <> 'migration_log_id_seq' ORDER BY 1",
    ),
  );
  return found;
}

/** Starts an upgrade; kills it -9 some time after so many events. True when it was killed before it was through. */
async function upgrade(db: TestDatabase, events: number, delayMs: number): Promise<boolean> {
  const child = spawn(
    process.execPath,
    [PROGRAM, JSON.stringify({ ownerUrl: db.ownerUrl, batchRows: BATCH_ROWS })],
    {
      stdio: ["ignore", "pipe", "inherit"],
    },
  );
  const ended = once(child, "exit");
  let seen = 0;
  const kill = () => setTimeout(() => child.kill("SIGKILL"), delayMs);
  if (events === 0) kill();
  createInterface({ input: child.stdout }).on("line", () => {
    seen++;
    if (seen === events) kill();
  });
  const [code, signal] = await ended;
  if (signal === null) expect(code).toBe(0);
  return signal === "SIGKILL";
}

test(`killed ${KILLS} times at random points, the upgrade ends where an uninterrupted one does`, {
  timeout: 300_000,
}, async () => {
  const db = await legacy();
  let seed = 20_260_122;
  const random = () => {
    seed = (Math.imul(seed, 1_664_525) + 1_013_904_223) >>> 0;
    return seed / 2 ** 32;
  };
  // The first ones while it connects, moves and migrates, the others anywhere among the batches.
  for (let kills = 0; kills < KILLS; kills++) {
    const killed =
      kills < 4
        ? await upgrade(db, Math.floor(kills / 2), 100 + random() * 300)
        : await upgrade(db, 2 + Math.floor(random() * 8), random() * 40);
    expect(killed).toBe(true);
  }
  expect(await upgrade(db, Number.POSITIVE_INFINITY, 0)).toBe(false);
  expect(await contents(db)).toEqual(uninterrupted);
});

test("connections cut in the middle of a batch: the error says so, and the next run goes on", async () => {
  const db = await legacy();
  for (const stopAt of [2, 7, 30, 40]) {
    let seen = 0;
    const run = upgradePhase13(db.ownerUrl, {
      batchRows: BATCH_ROWS,
      onProgress: () => {
        seen++;
        if (seen !== stopAt) return;
        void db.query(
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'observer upgrade'",
        );
      },
    });
    await expect(run).rejects.toMatchObject({ code: "OBS_UPGRADE_FAILED" });
  }
  expect((await upgradePhase13(db.ownerUrl)).kind).toBe("upgraded");
  expect(await contents(db)).toEqual(uninterrupted);
});

test("two at once: one waits for the other, and both find it done", async () => {
  const db = await legacy();
  const [one, two] = await Promise.all([upgradePhase13(db.ownerUrl), upgradePhase13(db.ownerUrl)]);
  expect(one).toEqual(two);
  expect(await contents(db)).toEqual(uninterrupted);
});
