import { execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";
import { clusterFiles } from "../src/cluster/cluster-files.ts";
import { withLock } from "../src/cluster/generation-lock.ts";
import { clusterStatus, openCluster } from "../src/cluster/index.ts";
import { launch } from "../src/cluster/launch.ts";
import { ownIdentity } from "../src/cluster/process-identity.ts";
import { chooseServerAccount } from "../src/cluster/server-account.ts";
import { findServerBinaries } from "../src/cluster/server-binaries.ts";
import { Holder } from "./cluster-holder.ts";
import { ask, freshDataRoot, runningStatus } from "./data-root.ts";

const run = promisify(execFile);
const HAMMER = fileURLToPath(new URL("./lock-hammer.mjs", import.meta.url));

describe.skipIf(inject("server") !== "embedded")("races for the embedded server (needs no other)", () => {
  test("four commands at once on a fresh root: one initialisation, one server, and all four get it", async () => {
    const dataRoot = await freshDataRoot();
    const holders = Array.from({ length: 4 }, () => new Holder([dataRoot]));
    const opened = await Promise.all(holders.map((holder) => holder.event("open")));
    expect(opened.filter(({ startedHere }) => startedHere)).toHaveLength(1);
    expect(new Set(opened.map(({ adminUrl }) => adminUrl)).size).toBe(1);
    const said = holders
      .flatMap(({ events }) => events)
      .filter(({ line }) => line?.startsWith("Initialising"));
    expect(said).toHaveLength(1);
    expect((await runningStatus(dataRoot)).leases).toHaveLength(4);
    await Promise.all(holders.map((holder) => holder.release()));
    expect(await clusterStatus(dataRoot)).toEqual({ kind: "stopped", pinned: false });
  });

  test("commands that come while the last one leaves get a server, never a stopping one", async () => {
    const dataRoot = await freshDataRoot();
    let leaving = await openCluster({ dataRoot });
    for (let round = 0; round < 5; round++) {
      const [next] = await Promise.all([openCluster({ dataRoot }), leaving.release()]);
      expect(await ask(next.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      leaving = next;
    }
    await leaving.release();
  });

  test("a postmaster that a killed command had just started is noticed, not fought", async () => {
    const dataRoot = await freshDataRoot();
    const cluster = await openCluster({ dataRoot });
    const files = clusterFiles(dataRoot);
    const account = await chooseServerAccount(files.data, undefined);
    const { postgres } = await findServerBinaries(account, undefined);
    const order = { files, account, postgres, configuration: "", lastPort: undefined } as const;
    expect(await launch({ ...order, waitSeconds: 30 })).toEqual({ kind: "overtaken" });
    expect(await ask(cluster.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await cluster.release();
  });

  test("the lock lets one in at a time, while holders are killed inside it", async () => {
    const root = await freshDataRoot();
    const hammer = (rounds: number) => [HAMMER, join(root, "lock"), join(root, "inside"), String(rounds)];
    const steady = Array.from({ length: 3 }, () => run(process.execPath, hammer(150)));
    for (let victims = 0; victims < 4; victims++) {
      const victim = spawn(process.execPath, hammer(1_000_000), { stdio: ["ignore", "pipe", "inherit"] });
      await once(victim.stdout, "data");
      victim.kill("SIGKILL");
      await once(victim, "close");
    }
    for (const { stdout } of await Promise.all(steady)) {
      expect(stdout.trim().split("\n")).toEqual(Array.from({ length: 150 }, () => "alone"));
    }
  });

  test("a lock held by a dead process, or by a pid that is another's by now, is taken over", async () => {
    const root = await freshDataRoot();
    const directory = join(root, "lock");
    await mkdir(directory);
    const self = await ownIdentity();
    const recycled = { ...self, startTicks: self.startTicks === "" ? "" : "1" };
    await writeFile(join(directory, "41"), JSON.stringify({ ...recycled, sinceMs: 0 }));
    expect(await withLock(directory, 5, async () => "in")).toBe("in");
    await writeFile(join(directory, "99"), "torn by a power c");
    expect(await withLock(directory, 5, async () => "in")).toBe("in");
  });

  test("a lock held by a live process is waited for, and named when the wait is over", async () => {
    const root = await freshDataRoot();
    const directory = join(root, "lock");
    await withLock(directory, 5, async () => {
      await expect(withLock(directory, 0, async () => "in")).rejects.toMatchObject({
        code: "OBS_CLUSTER_BUSY",
        message: expect.stringContaining(`Process ${process.pid} `),
      });
    });
    await expect(withLock(directory, 5, () => Promise.reject(new Error("work failed")))).rejects.toThrow(
      "work failed",
    );
    expect(await withLock(directory, 0, async () => "in")).toBe("in");
  });
});
