import { execFile } from "node:child_process";
import { chmod, chown, mkdir, readdir, readFile, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { describe, expect, inject, test } from "vitest";
import { openCluster } from "../src/cluster/index.ts";
import { HOLDER, Holder } from "./cluster-holder.ts";
import { ask, freshDataRoot, runningStatus } from "./data-root.ts";

const run = promisify(execFile);
const isRoot = process.getuid?.() === 0;
const NOBODY = { uid: 65_534, gid: 65_534 };

/** Whether an unprivileged account can run Node and this checkout at all. */
async function strangersCanRead(): Promise<boolean> {
  return run(process.execPath, ["--check", HOLDER], NOBODY).then(
    () => true,
    () => false,
  );
}

describe.skipIf(inject("server") !== "embedded" || !isRoot)(
  "accounts (needs root, and the embedded server)",
  () => {
    test("root lends the server an unprivileged account, with none of root's groups", async () => {
      const dataRoot = await freshDataRoot();
      const cluster = await openCluster({ dataRoot });
      const { pid } = await runningStatus(dataRoot);
      const { uid } = await stat(join(dataRoot, "postgres", "data"));
      expect(uid).not.toBe(0);
      expect((await stat(dataRoot)).uid).toBe(0);
      expect((await stat(join(dataRoot, "postgres", "credentials.json"))).uid).toBe(0);
      if (process.platform === "linux") {
        const status = await readFile(`/proc/${pid}/status`, "utf8");
        expect(status).toMatch(new RegExp(`^Uid:\\t${uid}\\t${uid}\\t${uid}\\t${uid}$`, "m"));
        expect(status).toMatch(/^Groups:\s*$/m);
      }
      await cluster.release();
    });

    test("root can name the account, and change it later", async () => {
      const dataRoot = await freshDataRoot();
      const first = await openCluster({ dataRoot });
      await ask(first.adminUrl, "CREATE TABLE kept (n int)", "INSERT INTO kept VALUES (7)");
      await first.release();
      const second = await openCluster({ dataRoot, serverUser: "nobody" });
      const { uid } = await stat(join(dataRoot, "postgres", "data", "PG_VERSION"));
      expect(uid).toBe(await uidOf("nobody"));
      expect(await ask(second.adminUrl, "SELECT n FROM kept")).toEqual([{ n: 7 }]);
      await second.release();
    });

    test.each([
      ["root", "refuses to run"],
      ["no-such-account", "no account"],
    ])("the account %s is refused", async (serverUser, reason) => {
      const dataRoot = await freshDataRoot();
      await expect(openCluster({ dataRoot, serverUser })).rejects.toMatchObject({
        code: "OBS_CLUSTER_ACCOUNT",
        message: expect.stringContaining(reason),
      });
    });

    test("a directory closed to the server's account is named, with how to open it", async () => {
      const outer = await freshDataRoot();
      const closed = join(outer, "closed");
      const dataRoot = join(closed, "data");
      await mkdir(dataRoot, { recursive: true });
      await chmod(closed, 0o700);
      await expect(openCluster({ dataRoot })).rejects.toMatchObject({
        code: "OBS_CLUSTER_UNREACHABLE",
        message: expect.stringContaining(`${closed} does not let the account`),
        mend: expect.stringContaining(`chmod o+x ${closed}`),
      });
      await chmod(closed, 0o711);
      const cluster = await openCluster({ dataRoot });
      await cluster.release();
      await chmod(closed, 0o700);
      await expect(openCluster({ dataRoot })).rejects.toMatchObject({ code: "OBS_CLUSTER_UNREACHABLE" });
    });

    test("an ordinary user runs the server as themselves", async ({ skip }) => {
      if (!(await strangersCanRead())) skip("Node or the checkout is closed to other accounts");
      const dataRoot = await freshDataRoot();
      await chown(dataRoot, NOBODY.uid, NOBODY.gid);
      const holder = new Holder([dataRoot, join(dataRoot, "cache")], NOBODY);
      const { adminUrl = "" } = await holder.event("open");
      expect(await ask(adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
      expect((await stat(join(dataRoot, "postgres", "data"))).uid).toBe(NOBODY.uid);
      await holder.release();
      // Root after them keeps the account the data belongs to.
      const cluster = await openCluster({ dataRoot });
      expect((await stat(join(dataRoot, "postgres", "data"))).uid).toBe(NOBODY.uid);
      await cluster.release();
    });

    test("an ordinary user cannot use what root made, and is told so", async ({ skip }) => {
      if (!(await strangersCanRead())) skip("Node or the checkout is closed to other accounts");
      const dataRoot = await freshDataRoot();
      await (await openCluster({ dataRoot })).release();
      const holder = new Holder([dataRoot, join(dataRoot, "cache")], NOBODY);
      expect(await holder.event("failed")).toMatchObject({ code: "OBS_CLUSTER_UNREACHABLE" });
      await holder.ended;
    });
  },
);

describe.skipIf(inject("server") !== "embedded")("obstacles to a start (needs the embedded server)", () => {
  test("data of another major version is refused and left as it is", async () => {
    const dataRoot = await freshDataRoot();
    await (await openCluster({ dataRoot })).release();
    const file = join(dataRoot, "postgres", "data", "PG_VERSION");
    const own = await readFile(file, "utf8");
    await writeFile(file, "17\n");
    await expect(openCluster({ dataRoot })).rejects.toMatchObject({
      code: "OBS_CLUSTER_VERSION",
      message: expect.stringContaining("made by PostgreSQL 17"),
    });
    await writeFile(file, own);
    await (await openCluster({ dataRoot })).release();
  });

  test("a directory of somebody else's in the data's place is not touched", async () => {
    const dataRoot = await freshDataRoot();
    const data = join(dataRoot, "postgres", "data");
    await mkdir(data, { recursive: true });
    await writeFile(join(data, "thesis.txt"), "years of work");
    await expect(openCluster({ dataRoot })).rejects.toMatchObject({ code: "OBS_CLUSTER_INIT" });
    expect(await readdir(data)).toEqual(["thesis.txt"]);
  });

  test.each(["lost", "damaged"])("%s credentials are reported, and the data stays", async (how) => {
    const dataRoot = await freshDataRoot();
    await (await openCluster({ dataRoot })).release();
    const path = join(dataRoot, "postgres", "credentials.json");
    const text = await readFile(path, "utf8");
    await (how === "lost" ? run("rm", [path]) : writeFile(path, text.slice(0, 40)));
    await expect(openCluster({ dataRoot })).rejects.toMatchObject({ code: "OBS_CLUSTER_CREDENTIALS" });
    await writeFile(path, text);
    const cluster = await openCluster({ dataRoot });
    expect(await ask(cluster.adminUrl, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await cluster.release();
  });

  test("a disk that refuses to be written ends the initialisation, and the next start is a fresh one", async () => {
    // The programs are in their cache after this; what fails below is the database's own writing.
    const warm = await freshDataRoot();
    await (await openCluster({ dataRoot: warm })).release();
    const dataRoot = await freshDataRoot();
    const limited = ["/bin/sh", "-c", 'ulimit -f 1000; exec "$@"', "limited", process.execPath, HOLDER];
    const holder = new Holder([dataRoot], {}, limited);
    expect(await holder.event("failed")).toMatchObject({ code: "OBS_CLUSTER_INIT" });
    await holder.ended;
    expect((await readdir(join(dataRoot, "postgres"))).filter((name) => name.startsWith("data"))).toEqual([]);
    const cluster = await openCluster({ dataRoot });
    expect(cluster.startedHere).toBe(true);
    await cluster.release();
  });
});

async function uidOf(name: string): Promise<number> {
  return Number((await run("id", ["-u", name])).stdout.trim());
}
