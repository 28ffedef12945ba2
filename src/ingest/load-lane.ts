import { stat } from "node:fs/promises";
import { isObserverError } from "../errors/index.ts";
import {
  beginFile,
  type FileState,
  findLoadedContent,
  hasLoadedSize,
  type LedgerFile,
  type LoadSession,
  setFileState,
} from "../store/index.ts";
import { hashContent, statedContentBytes } from "./content-hash.ts";
import type { FileOutcome } from "./file-outcome.ts";
import type { Lane } from "./lanes.ts";
import type { LineLoader } from "./line-loader.ts";
import { type FileLoadOptions, loadFile } from "./load-file.ts";

export interface LaneOptions extends Pick<FileLoadOptions, "blockBytes" | "longestLineBytes"> {
  lane: Lane;
  lines: LineLoader;
  session: LoadSession;
  onProgress: (fileId: number, bytes: number, lines: number) => void;
  onOutcome: (fileId: number, outcome: FileOutcome) => void;
}

/**
 * Loads a lane's files in order. A file that fails is recorded and does not stop the others. Files that are
 * loaded already are read again only where a later one needs the gate's memory of them.
 */
export async function loadLane(options: LaneOptions): Promise<void> {
  const { lane, session } = options;
  const settled = new Map<number, FileOutcome>();
  for (const file of lane.files) {
    const outcome = await attempt(() => recognise(file, session));
    if (outcome !== null) settled.set(file.fileId, outcome);
  }
  const lastToLoad = lane.files.findLastIndex((file) => !settled.has(file.fileId));
  for (const [index, file] of lane.files.entries()) {
    const known = settled.get(file.fileId);
    const isRemembered = options.lines.carriesOver && known?.kind === "unchanged" && index < lastToLoad;
    const needed = known === undefined || isRemembered;
    const outcome = needed ? await attempt(() => load(file, options)) : known;
    const isStillKnown = known !== undefined && outcome.kind === "loaded";
    const told = isStillKnown ? known : outcome;
    await recordFailure(file, told, session);
    options.onOutcome(file.fileId, told);
  }
}

/** What can be said of a file before it is loaded; null: it must be. */
async function recognise(file: LedgerFile, session: LoadSession): Promise<FileOutcome | null> {
  if (file.state === "loaded") {
    const { sha256 } = await hashContent(file.path);
    return sha256 === file.sha256 ? { kind: "unchanged" } : null;
  }
  if (file.checkpointBytes > 0) return null;
  const bytes = await statedContentBytes(file.path, (await stat(file.path)).size);
  if (!(await session.ledger((db) => hasLoadedSize(db, bytes, file.fileId)))) return null;
  const { sha256 } = await hashContent(file.path);
  const otherPath = await session.ledger((db) => findLoadedContent(db, sha256, file.fileId));
  return otherPath === null ? null : { kind: "known", otherPath };
}

async function load(file: LedgerFile, options: LaneOptions): Promise<FileOutcome> {
  const { lines, session, blockBytes, longestLineBytes, onProgress } = options;
  await session.ledger((db) => beginFile(db, file.fileId));
  lines.beginFile();
  return await loadFile({
    file,
    lines,
    session,
    blockBytes,
    longestLineBytes,
    onProgress: (bytes, read) => onProgress(file.fileId, bytes, read),
  });
}

async function attempt<T>(act: () => Promise<T>): Promise<T | FileOutcome> {
  try {
    return await act();
  } catch (error) {
    if (isObserverError(error)) {
      return { kind: "failed", code: error.code, message: error.message, mend: error.mend };
    }
    const message = error instanceof Error ? error.message : String(error);
    const mend =
      "nothing of the chunk under way was kept; run the same command again to go on from the checkpoint.";
    return { kind: "failed", code: "OBS_LOAD_FAILED", message, mend };
  }
}

async function recordFailure(file: LedgerFile, outcome: FileOutcome, session: LoadSession): Promise<void> {
  const mark = (state: FileState, why: string) =>
    session.ledger((db) => setFileState(db, file.fileId, state, why));
  switch (outcome.kind) {
    case "known":
      return await mark("skipped", `the same content as ${outcome.otherPath}`);
    case "changed":
      return await mark("changed", outcome.detail);
    case "failed":
      return await mark("failed", outcome.message);
    case "loaded":
    case "unchanged":
      return undefined;
    default:
      return outcome satisfies never;
  }
}
