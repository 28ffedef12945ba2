import { randomUUID } from "node:crypto";
import { link, mkdir, readdir, rename, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { ObserverError } from "../errors/index.ts";
import { isErrno, readJson } from "./durable-file.ts";
import { isAlive, isPidAlive, ownIdentity, type ProcessIdentity, parseIdentity } from "./process-identity.ts";

const POLL_MS = 25;
/** Where /proc cannot unmask a recycled pid, a lock this old is not believed; no holder works nearly so long. */
const UNVERIFIABLE_HOLDER_MS = 15 * 60_000;

/**
 * Runs `work` while no other process on this machine runs work under the same directory.
 *
 * The directory holds numbered files; the highest number is the lock. It is held while its file names a live
 * process, and taken by creating the next number, which only one process can do. A taker looks again afterwards:
 * a number below the highest gives no right. Releasing rewrites the highest file, and only a later holder deletes
 * it, so the highest number never falls and a dead holder's lock can be taken without a moment in which two could.
 *
 * @throws ObserverError OBS_CLUSTER_BUSY when another live process holds it for all of `waitSeconds`.
 */
export async function withLock<T>(
  directory: string,
  waitSeconds: number,
  work: () => Promise<T>,
): Promise<T> {
  await mkdir(directory, { recursive: true, mode: 0o700 });
  const self = await ownIdentity();
  const deadlineMs = Date.now() + waitSeconds * 1000;
  for (;;) {
    const attempt = await take(directory, self);
    if (attempt.kind === "held") {
      try {
        return await work();
      } finally {
        await publish(directory, "released", (claim) => rename(claim, join(directory, `${attempt.number}`)));
      }
    }
    if (Date.now() > deadlineMs) {
      throw new ObserverError(
        "OBS_CLUSTER_BUSY",
        `Process ${attempt.holderPid} has been starting or stopping the database in ${directory} for more than ${waitSeconds} s.`,
        `Wait for it, or end process ${attempt.holderPid}; the lock of an ended process is taken over.`,
      );
    }
    await delay(POLL_MS);
  }
}

type Attempt = { kind: "held"; number: number } | { kind: "busy"; holderPid: number };

async function take(directory: string, self: ProcessIdentity): Promise<Attempt> {
  const seen = await listNumbers(directory);
  const highest = seen.at(-1) ?? 0;
  const holder = await readHolder(join(directory, `${highest}`));
  if (holder !== null) return { kind: "busy", holderPid: holder.pid };

  const number = highest + 1;
  const path = join(directory, `${number}`);
  const won = await publish(directory, JSON.stringify({ ...self, sinceMs: Date.now() }), (claim) =>
    linkNew(claim, path),
  );
  if (!won) return { kind: "busy", holderPid: (await readHolder(path))?.pid ?? 0 };
  if ((await listNumbers(directory)).at(-1) !== number) {
    await rm(path, { force: true });
    return { kind: "busy", holderPid: 0 };
  }
  for (const older of seen) await rm(join(directory, `${older}`), { force: true });
  await sweepClaims(directory);
  return { kind: "held", number };
}

/** Writes the text beside the lock files first, so that what `place` puts under a number is never half-written. */
async function publish<T>(directory: string, text: string, place: (claim: string) => Promise<T>): Promise<T> {
  const claim = join(directory, `claim-${process.pid}-${randomUUID()}`);
  await writeFile(claim, text, { mode: 0o600 });
  try {
    return await place(claim);
  } finally {
    await rm(claim, { force: true });
  }
}

async function linkNew(claim: string, path: string): Promise<boolean> {
  try {
    await link(claim, path);
    return true;
  } catch (error) {
    if (isErrno(error, "EEXIST")) return false;
    throw error;
  }
}

async function listNumbers(directory: string): Promise<number[]> {
  const names = await readdir(directory);
  return names
    .filter((name) => /^[1-9][0-9]*$/.test(name))
    .map(Number)
    .sort((a, b) => a - b);
}

async function readHolder(path: string): Promise<ProcessIdentity | null> {
  const record = await readJson(path);
  const holder = parseIdentity(record);
  if (holder === null || !(await isAlive(holder))) return null;
  if (holder.startTicks !== "") return holder;
  const sinceMs = typeof record === "object" && record !== null && "sinceMs" in record ? record.sinceMs : 0;
  return typeof sinceMs === "number" && Date.now() - sinceMs < UNVERIFIABLE_HOLDER_MS ? holder : null;
}

async function sweepClaims(directory: string): Promise<void> {
  for (const name of await readdir(directory)) {
    const pid = /^claim-([0-9]+)-/.exec(name)?.[1];
    if (pid === undefined || Number(pid) === process.pid) continue;
    if (!(await isPidAlive(Number(pid)))) await rm(join(directory, name), { force: true });
  }
}
