import { randomUUID } from "node:crypto";
import {
  chmod,
  constants,
  copyFile,
  lstat,
  mkdir,
  readdir,
  rename,
  rm,
  stat,
  symlink,
} from "node:fs/promises";
import { basename, dirname, join, relative } from "node:path";
import { isErrno } from "./durable-file.ts";
import { isPidAlive } from "./process-identity.ts";
import type { ServerPackage } from "./server-package.ts";

/**
 * The directory under `cacheRoot` that holds a readable, complete copy of the package's programs; made if need be.
 * A copy grows under a name of its own and is renamed when whole, so a copy under the final name is never partial.
 *
 * @throws Error when the place cannot be written or others could have tampered with it.
 */
export async function cachePrograms(source: ServerPackage, cacheRoot: string): Promise<string> {
  const made = await mkdir(cacheRoot, { recursive: true });
  // Our own umask may have closed it to the server's account.
  if (made !== undefined) await chmod(cacheRoot, 0o755);
  await refuseForeign(cacheRoot);
  const finished = join(cacheRoot, `postgresql-${source.version}`);
  if (await isComplete(source, finished)) return finished;

  await sweepUnfinished(cacheRoot);
  const unfinished = join(cacheRoot, `unfinished-${process.pid}-${randomUUID()}`);
  try {
    await copyReadable(source.native, unfinished);
    for (const { name, target } of source.links) {
      const link = join(unfinished, name);
      await rm(link, { force: true });
      await symlink(basename(target), link);
    }
    await putInPlace(source, unfinished, finished);
  } finally {
    await rm(unfinished, { recursive: true, force: true });
  }
  return finished;
}

/** A directory that another account owns or may write could hold anyone's programs. */
async function refuseForeign(directory: string): Promise<void> {
  const uid = process.getuid?.();
  if (uid === undefined) return;
  const entry = await lstat(directory);
  if (!entry.isDirectory()) throw new Error("it is not a directory");
  if (entry.uid !== uid) throw new Error(`it belongs to uid ${entry.uid}, not to uid ${uid}`);
  if ((entry.mode & 0o022) !== 0) throw new Error("others may write to it");
}

/** Renaming made it whole; after a power cut a file may still be shorter than it was, so lengths are compared. */
async function isComplete(source: ServerPackage, finished: string): Promise<boolean> {
  for (const folder of ["bin", "lib"]) {
    for (const file of await filesBelow(join(source.native, folder))) {
      const [original, copy] = await Promise.all([
        stat(file),
        stat(join(finished, relative(source.native, file))).catch(() => null),
      ]);
      if (copy?.size !== original.size) return false;
    }
  }
  for (const { name } of source.links) {
    if ((await stat(join(finished, name)).catch(() => null)) === null) return false;
  }
  return true;
}

async function copyReadable(from: string, to: string): Promise<void> {
  await mkdir(to);
  await chmod(to, 0o755);
  for (const file of await filesBelow(from)) {
    const copy = join(to, relative(from, file));
    await makeReadable(dirname(copy), to);
    await copyFile(file, copy, constants.COPYFILE_FICLONE);
    await chmod(copy, dirname(copy) === join(to, "bin") ? 0o755 : 0o644);
  }
}

async function makeReadable(directory: string, top: string): Promise<void> {
  const made = await mkdir(directory, { recursive: true });
  if (made === undefined) return;
  for (let at = directory; at !== top; at = dirname(at)) await chmod(at, 0o755);
}

async function filesBelow(directory: string): Promise<string[]> {
  const entries = await readdir(directory, { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function putInPlace(source: ServerPackage, unfinished: string, finished: string): Promise<void> {
  try {
    await rename(unfinished, finished);
  } catch (error) {
    if (!isErrno(error, "ENOTEMPTY", "EEXIST", "EPERM")) throw error;
    // Another process was faster, or what lies there is damaged. A server may run from it: move it aside first.
    if (await isComplete(source, finished)) return;
    const damaged = join(dirname(finished), `unfinished-0-${randomUUID()}`);
    await rename(finished, damaged);
    await rename(unfinished, finished);
    await rm(damaged, { recursive: true, force: true });
  }
}

async function sweepUnfinished(cacheRoot: string): Promise<void> {
  for (const name of await readdir(cacheRoot)) {
    const pid = /^unfinished-([0-9]+)-/.exec(name)?.[1];
    if (pid === undefined || (await isPidAlive(Number(pid)))) continue;
    await rm(join(cacheRoot, name), { recursive: true, force: true });
  }
}
