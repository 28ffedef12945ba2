import { spawn } from "node:child_process";
import { once } from "node:events";
import { readdir, readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import pg from "pg";
import { describe, expect, inject, onTestFinished, test } from "vitest";
import { clusterStatus, openCluster } from "../src/cluster/index.ts";
import { Holder } from "./cluster-holder.ts";
import { ask, freshDataRoot, runningStatus } from "./data-root.ts";

/** Ends the postmaster and all of its processes at once, as far as they are concerned: a power cut. */
async function cutPower(dataRoot: string, adminUrl: string): Promise<void> {
  const { pid } = await runningStatus(dataRoot);
  const children = await ask(adminUrl, "SELECT pid FROM pg_stat_activity WHERE pid <> pg_backend_pid()");
  process.kill(pid, "SIGKILL");
  for (const child of children) {
    try {
      process.kill(Number(child.pid), "SIGKILL");
    } catch {
      // It noticed the postmaster's end first.
    }
  }
}

describe.skipIf(inject("server") !== "embedded")("crashes of the embedded server (needs no other)", () => {
  test("kill -9 of the owning command: the next one takes the server over and stops it when done", async () => {
    const dataRoot = await freshDataRoot();
    const owner = new Holder([dataRoot]);
    const { port } = await owner.event("open");
    await owner.kill();
    expect(await runningStatus(dataRoot)).toMatchObject({ port, leases: [] });
    const next = await openCluster({ dataRoot });
    expect(next).toMatchObject({ startedHere: false, port });
    await next.release();
    expect(await clusterStatus(dataRoot)).toEqual({ kind: "stopped", pinned: false });
  });

  test("kill -9 of the postmaster: the next start recovers, on the same port", async () => {
    const dataRoot = await freshDataRoot();
    const before = await openCluster({ dataRoot });
    await ask(
      before.adminUrl,
      "CREATE TABLE kept (n int)",
      "INSERT INTO kept SELECT generate_series(1, 1000)",
    );
    const { pid } = await runningStatus(dataRoot);
    process.kill(pid, "SIGKILL");
    const said: string[] = [];
    const after = await openCluster({ dataRoot, log: (line) => said.push(line) });
    expect(said[0]).toContain(`process ${pid}) ended without a shutdown`);
    expect(after).toMatchObject({ startedHere: true, port: before.port });
    expect(await ask(after.adminUrl, "SELECT count(*)::int AS n FROM kept")).toEqual([{ n: 1000 }]);
    await before.release();
    expect((await runningStatus(dataRoot)).leases).toHaveLength(1);
    await after.release();
  });

  test("kill -9 of the postmaster under a query that never looks up: its process is ended, not waited for", async () => {
    const dataRoot = await freshDataRoot();
    const before = await openCluster({ dataRoot });
    const busy = new pg.Client({ connectionString: before.adminUrl });
    busy.on("error", () => undefined);
    await busy.connect();
    const [backend] = (await busy.query("SELECT pg_backend_pid() AS pid")).rows;
    const lost = expect(
      busy.query("SELECT count(*) FROM generate_series(1, 100000000000)"),
    ).rejects.toThrow();
    await expect
      .poll(() =>
        ask(before.adminUrl, `SELECT state FROM pg_stat_activity WHERE pid = ${Number(backend.pid)}`),
      )
      .toEqual([{ state: "active" }]);
    process.kill((await runningStatus(dataRoot)).pid, "SIGKILL");
    const after = await openCluster({ dataRoot });
    expect(after.startedHere).toBe(true);
    await lost;
    expect(await ask(after.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await after.release();
  });

  test("kill -9 of the command and of its server: nothing committed is missing", async () => {
    const dataRoot = await freshDataRoot();
    const owner = new Holder([dataRoot]);
    const { adminUrl = "" } = await owner.event("open");
    await ask(adminUrl, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (1)");
    await Promise.all([cutPower(dataRoot, adminUrl), owner.kill()]);
    await expect.poll(async () => (await clusterStatus(dataRoot)).kind).toBe("crashed");
    const next = await openCluster({ dataRoot });
    expect(next.startedHere).toBe(true);
    expect(await ask(next.adminUrl, "SELECT n FROM kept")).toEqual([{ n: 1 }]);
    await next.release();
  });

  test("a power cut in the middle of commits: every row whose commit was acknowledged is there", async () => {
    const dataRoot = await freshDataRoot();
    const before = await openCluster({ dataRoot });
    await ask(before.adminUrl, "CREATE TABLE kept (n int PRIMARY KEY)");
    const writer = new pg.Client({ connectionString: before.adminUrl });
    writer.on("error", () => undefined);
    await writer.connect();
    let acknowledged = 0;
    let cut: Promise<void> | undefined;
    try {
      for (let n = 1; ; n++) {
        await writer.query("INSERT INTO kept VALUES ($1)", [n]);
        acknowledged = n;
        if (n === 200) cut = cutPower(dataRoot, before.adminUrl);
      }
    } catch {
      // The connection ends with the server; how far it came is what counts.
    }
    await cut;
    const after = await openCluster({ dataRoot });
    const [found] = await ask(after.adminUrl, "SELECT count(*)::int AS rows, max(n) AS last FROM kept");
    expect(acknowledged).toBeGreaterThanOrEqual(200);
    expect(found?.rows).toBe(found?.last);
    expect([acknowledged, acknowledged + 1]).toContain(found?.last);
    await after.release();
  });

  test("a crashed server's pid that another program has by now is not mistaken for the server", async () => {
    const dataRoot = await freshDataRoot();
    const before = await openCluster({ dataRoot });
    const { pid } = await runningStatus(dataRoot);
    const data = join(dataRoot, "postgres", "data");
    await cutPower(dataRoot, before.adminUrl);
    await expect.poll(async () => (await clusterStatus(dataRoot)).kind).toBe("crashed");
    const { uid, gid } = await import("node:fs/promises").then(({ stat }) => stat(data));
    // Under the server's account: PostgreSQL itself only believes processes it may signal.
    const stranger = spawn("sleep", ["600"], {
      stdio: "ignore",
      ...(process.getuid?.() === 0 ? { uid, gid } : {}),
    });
    onTestFinished(() => {
      stranger.kill("SIGKILL");
    });
    await once(stranger, "spawn");
    const file = join(data, "postmaster.pid");
    await writeFile(file, (await readFile(file, "utf8")).replace(`${pid}\n`, `${stranger.pid}\n`));
    expect(await clusterStatus(dataRoot)).toMatchObject({ kind: "crashed", stalePid: stranger.pid });
    const after = await openCluster({ dataRoot });
    expect(after.startedHere).toBe(true);
    expect(stranger.exitCode).toBeNull();
    await after.release();
  });

  test("a dead server that nobody has collected is not mistaken for a living one", async () => {
    const dataRoot = await freshDataRoot();
    const parent = new Holder([dataRoot]);
    const { port } = await parent.event("open");
    const { pid } = await runningStatus(dataRoot);
    parent.process.kill("SIGSTOP");
    process.kill(pid, "SIGKILL");
    await expect.poll(() => clusterStatus(dataRoot)).toMatchObject({ kind: "crashed", stalePid: pid });
    const after = await openCluster({ dataRoot });
    expect(after).toMatchObject({ startedHere: true, port });
    await after.release();
    expect((await runningStatus(dataRoot)).leases).toMatchObject([{ pid: parent.process.pid }]);
    parent.process.kill("SIGCONT");
    await parent.release();
    expect(await clusterStatus(dataRoot)).toEqual({ kind: "stopped", pinned: false });
  });

  test.each(["", "garbage\n"])(
    "a pid file that a power cut left as %j does not hold the start up",
    async (text) => {
      const dataRoot = await freshDataRoot();
      const before = await openCluster({ dataRoot });
      await cutPower(dataRoot, before.adminUrl);
      await expect.poll(async () => (await clusterStatus(dataRoot)).kind).toBe("crashed");
      await writeFile(join(dataRoot, "postgres", "data", "postmaster.pid"), text);
      expect(await clusterStatus(dataRoot)).toMatchObject({ kind: "crashed", stalePid: null });
      const after = await openCluster({ dataRoot });
      expect(after.startedHere).toBe(true);
      await after.release();
    },
  );

  test("kill -9 in the middle of the initialisation leaves nothing that the next start trips over", async () => {
    const dataRoot = await freshDataRoot();
    const owner = new Holder([dataRoot]);
    const directory = join(dataRoot, "postgres");
    await owner.event("log");
    const unfinished = async () =>
      (await readdir(directory)).filter((name) => name.startsWith("data.unfinished-"));
    await expect.poll(unfinished, { interval: 5 }).not.toEqual([]);
    await owner.kill();
    const next = await openCluster({ dataRoot });
    expect(next.startedHere).toBe(true);
    await next.release();
    // The killed command's initdb may have written until its directory was gone; a later start sweeps that up.
    await (await openCluster({ dataRoot })).release();
    expect((await readdir(directory)).filter((name) => name.startsWith("data"))).toEqual(["data"]);
  });

  test("a server told to stop politely, with clients still on it, is not waited for without end", async () => {
    const dataRoot = await freshDataRoot();
    const before = await openCluster({ dataRoot });
    const client = new pg.Client({ connectionString: before.adminUrl });
    client.on("error", () => undefined);
    await client.connect();
    process.kill((await runningStatus(dataRoot)).pid, "SIGTERM");
    await expect.poll(async () => await clusterStatus(dataRoot)).toMatchObject({ phase: "stopping" });
    const after = await openCluster({ dataRoot });
    expect(after.startedHere).toBe(true);
    await after.release();
  });
});
