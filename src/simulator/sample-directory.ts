import { mkdir, readdir, rename, rm, rmdir, stat } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { isDeepStrictEqual } from "node:util";
import { ObserverError } from "../errors/index.ts";
import { type GroundTruth, readGroundTruth } from "./ground-truth.ts";
import type { SampleRecipe } from "./sample-recipe.ts";

const refuse = (directory: string, found: string): ObserverError =>
  new ObserverError(
    "OBS_SAMPLE_DIRECTORY_TAKEN",
    `${directory} ${found}; the sample was not written.`,
    "choose a folder that is empty or does not exist yet, or remove this one",
  );

async function entriesOf(directory: string): Promise<string[] | null> {
  try {
    return await readdir(directory);
  } catch (error) {
    if (error instanceof Error && "code" in error) {
      if (error.code === "ENOENT") return null;
      if (error.code === "ENOTDIR") throw refuse(directory, "is a file");
    }
    throw error;
  }
}

async function damagedFile(directory: string, truth: GroundTruth): Promise<string | undefined> {
  for (const { path, bytes } of truth.files) {
    const found = await stat(join(directory, path)).catch(() => undefined);
    if (found?.size !== bytes) return path;
  }
  return undefined;
}

/**
 * The truth about the sample a folder holds already, null when the folder is free to take one.
 * Throws OBS_SAMPLE_DIRECTORY_TAKEN when it holds anything else: nothing of it is ever overwritten.
 */
export async function sampleIn(directory: string, recipe: SampleRecipe): Promise<GroundTruth | null> {
  const entries = await entriesOf(directory);
  if (entries === null || entries.length === 0) return null;
  const truth = await readGroundTruth(directory);
  if (truth === null) throw refuse(directory, `holds files that are no sample of ours (${entries[0]})`);
  if (!isDeepStrictEqual(truth.recipe, recipe)) throw refuse(directory, "holds another sample");
  const damaged = await damagedFile(directory, truth);
  if (damaged !== undefined) throw refuse(directory, `holds a sample whose file ${damaged} was changed`);
  return truth;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** Removes what generations of this sample left behind when they were killed. */
async function removeLeftovers(target: string): Promise<void> {
  const prefix = `${basename(target)}.partial-`;
  for (const name of await readdir(dirname(target))) {
    const pid = name.startsWith(prefix) ? Number(name.slice(prefix.length)) : Number.NaN;
    if (Number.isSafeInteger(pid) && !isRunning(pid))
      await rm(join(dirname(target), name), { recursive: true, force: true });
  }
}

/**
 * Lets `write` fill a folder beside the target and moves it into place whole, so that nobody ever sees half a
 * sample. After a failure nothing is left; after a kill the next run clears up.
 */
export async function publish<T>(directory: string, write: (staging: string) => Promise<T>): Promise<T> {
  const target = resolve(directory);
  await mkdir(dirname(target), { recursive: true });
  await removeLeftovers(target);
  const staging = `${target}.partial-${process.pid}`;
  await mkdir(staging);
  try {
    const result = await write(staging);
    // Windows renames onto no folder, not even an empty one.
    if ((await entriesOf(target)) !== null) await rmdir(target);
    await rename(staging, target);
    return result;
  } catch (error) {
    await rm(staging, { recursive: true, force: true });
    throw error;
  }
}
