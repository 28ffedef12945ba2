import { readdir, readFile, stat, truncate } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { clusterStatus, openCluster, startCluster, stopCluster } from "../src/cluster/index.ts";
import { Holder } from "./cluster-holder.ts";
import { ask, freshDataRoot, runningStatus } from "./data-root.ts";

describe.skipIf(inject("server") !== "embedded")("life of the embedded server (needs no other)", () => {
  test("a server runs while a lease is held, and keeps what was committed", async () => {
    const dataRoot = await freshDataRoot();
    expect(await clusterStatus(dataRoot)).toEqual({ kind: "not-initialised" });

    const first = await openCluster({ dataRoot });
    expect(first.startedHere).toBe(true);
    await ask(first.adminUrl, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
    const second = await openCluster({ dataRoot });
    expect(second).toMatchObject({ startedHere: false, port: first.port, version: first.version });
    expect((await runningStatus(dataRoot)).leases).toMatchObject([
      { pid: process.pid },
      { pid: process.pid },
    ]);

    await first.release();
    await first.release();
    expect((await runningStatus(dataRoot)).leases).toHaveLength(1);
    await second.release();
    expect(await clusterStatus(dataRoot)).toEqual({ kind: "stopped", pinned: false });

    const again = await openCluster({ dataRoot });
    expect(again.startedHere).toBe(true);
    expect(await ask(again.adminUrl, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
    await again.release();
  });

  test("a pinned server outlives its leases until it is stopped", async () => {
    const dataRoot = await freshDataRoot();
    await (await startCluster({ dataRoot })).release();
    expect(await runningStatus(dataRoot)).toMatchObject({ pinned: true, leases: [] });
    const user = await openCluster({ dataRoot });
    expect(user.startedHere).toBe(false);
    const { pid } = await runningStatus(dataRoot);
    expect(await stopCluster(dataRoot)).toEqual({ kind: "stopped", pid, cutOff: 1 });
    expect(await stopCluster(dataRoot)).toEqual({ kind: "not-running" });
    await user.release();
    expect(await clusterStatus(dataRoot)).toEqual({ kind: "stopped", pinned: false });
  });

  test("stopping what was never made says so and makes nothing", async () => {
    const dataRoot = await freshDataRoot();
    expect(await stopCluster(dataRoot)).toEqual({ kind: "not-initialised" });
    expect(await readdir(dataRoot)).toEqual([]);
  });

  test("the server is on loopback, asks every user for a password, checks its pages and lives in UTC", async () => {
    const dataRoot = await freshDataRoot();
    const cluster = await openCluster({ dataRoot });
    const [settings] = await ask(
      cluster.adminUrl,
      `SELECT current_setting('listen_addresses') AS listen, current_setting('unix_socket_directories') AS sockets,
         current_setting('data_checksums') AS checksums, current_setting('server_encoding') AS encoding,
         current_setting('timezone') AS zone, current_setting('log_timezone') AS log_zone,
         current_setting('fsync') AS fsync, current_setting('synchronous_commit') AS commit,
         current_setting('full_page_writes') AS pages, current_setting('shared_buffers') AS buffers,
         lower('가ÀZ') AS lowered`,
    );
    expect(settings).toEqual({
      listen: "127.0.0.1",
      sockets: "",
      checksums: "on",
      encoding: "UTF8",
      zone: "UTC",
      log_zone: "UTC",
      fsync: "on",
      commit: "on",
      pages: "on",
      buffers: "128MB",
      lowered: "가àz",
    });
    const methods = await ask(cluster.adminUrl, "SELECT DISTINCT auth_method FROM pg_hba_file_rules");
    expect(methods).toEqual([{ auth_method: "scram-sha-256" }]);
    const wrong = cluster.adminUrl.replace(/:[^:@]+@/, ":wrong-password-of-24-chars@");
    await expect(ask(wrong, "SELECT 1")).rejects.toMatchObject({ code: "28P01" });
    expect((await stat(join(dataRoot, "postgres", "credentials.json"))).mode & 0o777).toBe(0o600);
    expect((await stat(join(dataRoot, "postgres", "data"))).mode & 0o777).toBe(0o700);
    expect((await stat(join(dataRoot, "postgres", "server.log"))).mode & 0o777).toBe(0o600);
    await cluster.release();
  });

  test("URLs carry each role's own password and any database's name", async () => {
    const dataRoot = await freshDataRoot();
    const cluster = await openCluster({ dataRoot });
    const { owner, writer, reader } = cluster.passwords;
    expect(new Set([owner, writer, reader, new URL(cluster.adminUrl).password]).size).toBe(4);
    expect(cluster.urlFor("writer")).toBe(
      `postgresql://observer_writer:${writer}@127.0.0.1:${cluster.port}/observer`,
    );
    expect(new URL(cluster.urlFor("reader", "a b/c")).pathname).toBe("/a%20b%2Fc");
    await cluster.release();
  });

  test("settings go before the profile's, and Observer's own are refused", async () => {
    const dataRoot = await freshDataRoot();
    const options = { dataRoot, settings: { work_mem: "9MB", "app.note": "it's a \\ back\nslash" } };
    const cluster = await openCluster(options);
    expect(
      await ask(
        cluster.adminUrl,
        "SELECT current_setting('work_mem') AS work, current_setting('app.note') AS note",
      ),
    ).toEqual([{ work: "9MB", note: "it's a \\ back\nslash" }]);
    const said: string[] = [];
    const attached = await openCluster({ ...options, log: (line) => said.push(line) });
    expect(said).toEqual([]);
    const other = await openCluster({ dataRoot, profile: "medium", log: (line) => said.push(line) });
    expect(said).toEqual([expect.stringContaining("keeps its settings")]);
    await expect(openCluster({ dataRoot, settings: { port: "5432" } })).rejects.toMatchObject({
      code: "OBS_CLUSTER_SETTING",
    });
    for (const each of [cluster, attached, other]) await each.release();
  });

  test("a server that cannot start ends the command with its log's last lines", async () => {
    const dataRoot = await freshDataRoot();
    const failing = openCluster({ dataRoot, settings: { shared_buffers: "a lot" } });
    await expect(failing).rejects.toMatchObject({
      code: "OBS_CLUSTER_START",
      message: expect.stringContaining('invalid value for parameter "shared_buffers"'),
    });
    const cluster = await openCluster({ dataRoot });
    expect(cluster.startedHere).toBe(true);
    await cluster.release();
  });

  test("a server comes back on its port, or on another when somebody took that", async () => {
    const dataRoot = await freshDataRoot();
    const first = await openCluster({ dataRoot });
    await first.release();
    const second = await openCluster({ dataRoot });
    expect(second.port).toBe(first.port);
    await second.release();

    const squatter = createServer().listen(first.port, "127.0.0.1");
    await new Promise((resolve) => squatter.once("listening", resolve));
    const third = await openCluster({ dataRoot });
    expect(third.port).not.toBe(first.port);
    expect(await ask(third.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await third.release();
    await new Promise((resolve) => squatter.close(resolve));
  });

  test("a log that has grown large is kept once and started afresh", async () => {
    const dataRoot = await freshDataRoot();
    await (await openCluster({ dataRoot })).release();
    const log = join(dataRoot, "postgres", "server.log");
    await truncate(log, 17 * 1024 * 1024);
    await (await openCluster({ dataRoot })).release();
    expect((await stat(`${log}.1`)).size).toBe(17 * 1024 * 1024);
    expect(await readFile(log, "utf8")).toMatch(/^\d{4}-.* UTC \[\d+\] LOG: {2}starting PostgreSQL/);
  });

  test("the caller's PG variables do not reach the server", async () => {
    const dataRoot = await freshDataRoot();
    const env = {
      ...process.env,
      PGPORT: "1",
      PGDATA: "/nowhere",
      PGOPTIONS: "-c fsync=off",
      PGTZ: "Asia/Seoul",
    };
    const holder = new Holder([dataRoot], { env });
    const { adminUrl = "" } = await holder.event("open");
    expect(
      await ask(adminUrl, "SELECT current_setting('fsync') AS f, current_setting('timezone') AS z"),
    ).toEqual([{ f: "on", z: "UTC" }]);
    if (process.platform === "linux") {
      const { pid } = await runningStatus(dataRoot);
      const names = (await readFile(`/proc/${pid}/environ`, "utf8"))
        .split("\0")
        .map((pair) => pair.split("=")[0]);
      expect(
        names
          .filter((name) => name?.startsWith("PG"))
          .filter((name) => name !== "PGSYSCONFDIR" && name !== "PGLOCALEDIR"),
      ).toEqual([]);
    }
    await holder.release();
  });

  test("Ctrl-C in the terminal ends the command and not the server", async () => {
    const dataRoot = await freshDataRoot();
    const holder = new Holder([dataRoot], { detached: true });
    const { port } = await holder.event("open");
    const group = holder.process.pid;
    if (group === undefined) throw new Error("the holder did not start");
    process.kill(-group, "SIGINT");
    await holder.ended;
    const next = await openCluster({ dataRoot });
    expect(next).toMatchObject({ startedHere: false, port });
    expect(await ask(next.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await next.release();
  });
});
