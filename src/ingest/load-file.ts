import { createHash, type Hash } from "node:crypto";
import { setImmediate as nextTurn } from "node:timers/promises";
import { kstDateOf, type TimeUs } from "../record/index.ts";
import {
  advanceFile,
  type Checkpoint,
  type ChunkOutcome,
  type DailySpan,
  type FileSummary,
  finishFile,
  type LedgerFile,
  type LoadSession,
  mendPreviousCloses,
  type RejectedLine,
  recordSessions,
  type SessionSpan,
} from "../store/index.ts";
import { type Block, BlockReader } from "./block-reader.ts";
import { ChunkLines } from "./chunk-lines.ts";
import { openContent } from "./content-source.ts";
import type { FileCounts, FileOutcome } from "./file-outcome.ts";
import type { LineLoader } from "./line-loader.ts";

export interface FileLoadOptions {
  file: LedgerFile;
  lines: LineLoader;
  session: LoadSession;
  blockBytes: number;
  /** Lines longer than this are refused with their beginning kept. */
  longestLineBytes: number;
  /** Called after every block with the content bytes and lines behind us. */
  onProgress: (bytes: number, lines: number) => void;
}

/** A chunk is committed early when this many lines of it were refused, so that garbage cannot fill the memory. */
const REJECTS_PER_CHUNK = 5_000;
const REFUSED_HEAD_BYTES = 64 * 1024;
/** How many rows are made before waiting sockets get their turn: a few milliseconds of work. */
const ROWS_PER_TURN = 2_048;
const NEWLINE = 10;
const CARRIAGE_RETURN = 13;
const BYTE_ORDER_MARK = [0xef, 0xbb, 0xbf] as const;

/**
 * Loads one file from its checkpoint to its end. Each chunk of rows, its rejects and the new checkpoint are one
 * transaction, so the table and the ledger agree after any crash. What lies before the checkpoint is read again
 * for its hash and for the gate's state, and written nowhere.
 */
export async function loadFile(options: FileLoadOptions): Promise<FileOutcome> {
  const source = await openContent(options.file.path);
  const reader = new BlockReader(source, options.blockBytes);
  const load = new FileLoad(options);
  try {
    for (let block = await reader.next(); block !== null; block = await reader.next()) {
      if (!(await load.block(block))) {
        const at = load.resumeAt;
        return { kind: "changed", detail: `the first ${at} bytes are no longer those that were loaded` };
      }
      options.onProgress(block.contentOffset + block.end, load.line);
    }
    return await load.end();
  } catch (error) {
    // Or the rows of this chunk would go out with the next file's.
    await load.abandon();
    throw error;
  } finally {
    await reader.close();
  }
}

class FileLoad {
  readonly #options: FileLoadOptions;
  readonly #lines: LineLoader;
  #chunkLines = new ChunkLines();
  /** The chunk on its way to the database. The next one waits for it, so that checkpoints only move forward. */
  #underWay: Promise<void> = Promise.resolve();
  readonly #hash: Hash = createHash("sha256");
  readonly resumeAt: number;
  /** Lines behind us, counted from 1 at the first. */
  line = 0;
  #writing: boolean;
  #hashedTo = 0;
  #committedTo: number;
  #contentBytes = 0;
  #emptyLines = 0;
  /** A cut-off last line: part of the content and its hash, but not of what was loaded. */
  #tornTail: Buffer = Buffer.alloc(0);
  #rejected: RejectedLine[] = [];
  #longLine: { head: Buffer; bytes: number } | undefined;
  #firstUs = Number.POSITIVE_INFINITY;
  #lastUs = Number.NEGATIVE_INFINITY;
  readonly #counts: FileCounts;

  constructor(options: FileLoadOptions) {
    this.#options = options;
    this.#lines = options.lines;
    this.resumeAt = options.file.checkpointBytes;
    this.#committedTo = this.resumeAt;
    this.#writing = this.resumeAt === 0;
    this.#counts = {
      rows: 0,
      duplicates: 0,
      updated: 0,
      conflicts: 0,
      rejects: 0,
      directChunks: 0,
      stagedChunks: 0,
    };
  }

  /** Takes every line of a block and commits. False when the file no longer begins as it did when it was loaded. */
  async block(block: Block): Promise<boolean> {
    const { bytes } = block;
    this.#contentBytes = block.contentOffset + block.end;
    if (block.part !== undefined) return await this.#partOfLongLine(block);
    let at = block.contentOffset === 0 && BYTE_ORDER_MARK.every((byte, i) => bytes[i] === byte) ? 3 : 0;
    let hashed = 0;
    while (at < block.end) {
      if (!this.#writing && block.contentOffset + at >= this.resumeAt) {
        if (!this.#resume(bytes.subarray(hashed, at))) return false;
        hashed = at;
      }
      const newline = bytes.indexOf(NEWLINE, at);
      const terminated = newline !== -1 && newline < block.end;
      const next = terminated ? newline + 1 : block.end;
      const end = terminated ? newline : block.end;
      this.line++;
      const stop = this.#take(bytes, at, end, !terminated);
      const loadedTo = this.resumeAt - block.contentOffset;
      // A last line that was loaded without a newline may have one by now.
      if (!this.#writing && loadedTo < next && loadedTo > at && loadedTo >= lineEndOf(bytes, at, end)) {
        if (!this.#resume(bytes.subarray(hashed, loadedTo))) return false;
        hashed = loadedTo;
      }
      if (stop === "torn" || (!terminated && !this.#lines.showsCuts)) {
        this.#tornTail = Buffer.from(bytes.subarray(at, block.end));
        break;
      }
      if (stop === "new-month") {
        // In time: the COPY of these rows begins only when their chunk is cut.
        await this.#options.session.ensureMonth(kstDateOf(this.#lines.eventTimeUs));
        this.#write(at, lineEndOf(bytes, at, end));
      } else if (stop === "turn") {
        // The chunk before is on its way over this thread's sockets.
        await nextTurn();
      } else if (stop === "many-rejects") {
        await this.#commit(block, hashed, next);
        hashed = next;
      }
      at = next;
    }
    if (this.#writing) await this.#commit(block, hashed, at);
    else this.#hashOn(bytes.subarray(hashed, block.end));
    return true;
  }

  /** Gives up what is not committed. */
  async abandon(): Promise<void> {
    await this.#underWay.catch(() => undefined);
    await this.#options.session.loader.close();
  }

  /** The file is through: what remains is what waited for more lines, and its place in the ledger. */
  async end(): Promise<FileOutcome> {
    if (!this.#writing && !(this.#contentBytes === this.resumeAt && this.#resume(Buffer.alloc(0)))) {
      const detail =
        this.#contentBytes === this.resumeAt
          ? `its ${this.resumeAt} bytes are no longer those that were loaded`
          : `it now ends after ${this.#contentBytes} bytes; ${this.resumeAt} had been loaded`;
      return { kind: "changed", detail };
    }
    await this.#endLines();
    await this.#underWay;
    const { warnings, gateCodes } = this.#lines.summary();
    if (this.#emptyLines > 0) warnings.emptyLine = this.#emptyLines;
    const { file, session } = this.#options;
    const summary: FileSummary = {
      sha256: this.#hash.copy().update(this.#tornTail).digest("hex"),
      bytes: this.#contentBytes,
      lines: this.line,
      warnings,
      gateCodes,
      firstEventUs: Number.isFinite(this.#firstUs) ? (this.#firstUs as TimeUs) : null,
      lastEventUs: Number.isFinite(this.#lastUs) ? (this.#lastUs as TimeUs) : null,
    };
    await session.ledger((db) => finishFile(db, file.fileId, summary));
    return {
      kind: "loaded",
      lines: this.line,
      bytes: this.#contentBytes,
      resumedAt: this.resumeAt,
      warnings,
      gateCodes,
      ...this.#counts,
    };
  }

  #take(bytes: Buffer, start: number, end: number, unterminated: boolean) {
    const lineEnd = lineEndOf(bytes, start, end);
    if (lineEnd === start) {
      this.#emptyLines++;
      return "on";
    }
    if (lineEnd - start > this.#options.longestLineBytes) {
      this.#refuseLong(bytes.subarray(start, start + REFUSED_HEAD_BYTES), lineEnd - start);
      return this.#afterReject();
    }
    const taken = this.#lines.take(bytes, start, lineEnd);
    if (taken === "skipped") return "on";
    if (taken === "refused") {
      const { code, field, reason } = this.#lines.refusal;
      if (unterminated) {
        this.#refuse(
          "L-002",
          "(line)",
          `the last line is cut off: ${reason}`,
          bytes.subarray(start, lineEnd),
        );
        return "torn";
      }
      this.#refuse(code, field, reason, bytes.subarray(start, lineEnd));
      return this.#afterReject();
    }
    const { eventTimeUs } = this.#lines;
    if (eventTimeUs < this.#firstUs) this.#firstUs = eventTimeUs;
    if (eventTimeUs > this.#lastUs) this.#lastUs = eventTimeUs;
    if (!this.#writing) return "on";
    if (!this.#options.session.hasMonth(eventTimeUs)) return "new-month";
    return this.#write(start, lineEnd);
  }

  #write(start: number, end: number): "on" | "turn" {
    const { rows } = this.#options.session.loader;
    this.#lines.write(rows, this.#options.file.fileId);
    this.#chunkLines.add(this.line, start, end);
    return rows.rowCount % ROWS_PER_TURN === 0 ? "turn" : "on";
  }

  #afterReject(): "on" | "many-rejects" {
    return this.#rejected.length >= REJECTS_PER_CHUNK ? "many-rejects" : "on";
  }

  #refuse(code: string, field: string, reason: string, raw: Buffer, rawBytes = raw.length): void {
    if (!this.#writing) return;
    this.#rejected.push({ line: this.line, code, field, reason, raw: Buffer.from(raw), rawBytes });
  }

  #refuseLong(head: Buffer, bytes: number): void {
    const limit = this.#options.longestLineBytes;
    const reason = `the line has ${bytes} bytes, more than the ${limit} a record may take; its beginning is kept`;
    this.#refuse("L-001", "(line)", reason, head, bytes);
    this.#lines.lineLost?.();
  }

  async #partOfLongLine(block: Block): Promise<boolean> {
    if (!this.#writing && block.contentOffset >= this.resumeAt && !this.#resume(Buffer.alloc(0)))
      return false;
    if (this.#longLine === undefined) {
      this.line++;
      this.#longLine = { head: Buffer.from(block.bytes.subarray(0, REFUSED_HEAD_BYTES)), bytes: 0 };
    }
    this.#longLine.bytes += block.end;
    this.#hashOn(block.bytes.subarray(0, block.end));
    if (block.part !== "last") return true;
    const newlineBytes = block.unterminated ? 0 : 1;
    this.#refuseLong(this.#longLine.head, this.#longLine.bytes - newlineBytes);
    this.#longLine = undefined;
    if (this.#writing) await this.#commit(block, block.end, block.end);
    return true;
  }

  /** Reached the checkpoint: from here on rows are written, if all before it is as it was. */
  #resume(unhashed: Buffer): boolean {
    this.#hashOn(unhashed);
    this.#writing = true;
    return (
      this.#hashedTo === this.resumeAt &&
      this.#hash.copy().digest("hex") === this.#options.file.checkpointSha256
    );
  }

  #hashOn(bytes: Buffer): void {
    this.#hash.update(bytes);
    this.#hashedTo += bytes.length;
  }

  async #commit(block: Block, hashed: number, upTo: number): Promise<void> {
    this.#hashOn(block.bytes.subarray(hashed, upTo));
    await this.#commitRows(block.contentOffset + upTo, block.bytes);
  }

  /** Rows that only the end of the file made certain. The checkpoint is at the end already. */
  async #endLines(): Promise<void> {
    const { session, file } = this.#options;
    const span = this.#lines.endFile?.(session.loader.rows, file.fileId) ?? null;
    if (span === null) return;
    this.#firstUs = Math.min(this.#firstUs, span.firstUs);
    this.#lastUs = Math.max(this.#lastUs, span.lastUs);
    await this.#commitRows(this.#committedTo, Buffer.alloc(0));
  }

  /** Cuts a chunk and sends it on its way; resolves when it may go, not when it is there. */
  async #commitRows(bytes: number, block: Buffer): Promise<void> {
    const checkpoint: Checkpoint = {
      fromBytes: this.#committedTo,
      bytes,
      lines: this.#tornTail.length > 0 ? this.line - 1 : this.line,
      sha256: this.#hash.copy().digest("hex"),
    };
    const cut = {
      checkpoint,
      block,
      rejected: this.#rejected,
      chunkLines: this.#chunkLines,
      sessions: this.#lines.takeSessions(),
      dailySpans: this.#lines.takeDailySpans?.() ?? [],
    };
    await this.#underWay;
    this.#underWay = this.#send(cut);
    // Told to whoever waits for it next; until then the rejection is not unhandled.
    this.#underWay.catch(() => undefined);
    this.#committedTo = bytes;
    this.#rejected = [];
    this.#chunkLines = new ChunkLines();
  }

  async #send({ checkpoint, block, rejected, chunkLines, sessions, dailySpans }: Cut): Promise<void> {
    const { file, session } = this.#options;
    let refused = rejected;
    const outcome = await session.loader.commit(async (client, reached) => {
      refused = [...rejected, ...reached.conflicts.map((row) => conflictOf(chunkLines, row, block))];
      await recordSessions(client, sessions);
      await mendPreviousCloses(client, dailySpans);
      return await advanceFile(client, file.fileId, checkpoint, reached, refused);
    });
    this.#count(outcome, refused.length);
  }

  #count(outcome: ChunkOutcome, rejects: number): void {
    const counts = this.#counts;
    counts.rows += outcome.inserted;
    counts.duplicates += outcome.duplicates;
    counts.updated += outcome.updated;
    counts.conflicts += outcome.conflicts.length;
    counts.rejects += rejects;
    if (outcome.path === "direct") counts.directChunks++;
    if (outcome.path === "staged") counts.stagedChunks++;
  }
}

/** What a chunk was cut with; its rows are in the loader. */
interface Cut {
  checkpoint: Checkpoint;
  /** The content its lines lie in. */
  block: Buffer;
  rejected: readonly RejectedLine[];
  chunkLines: ChunkLines;
  sessions: readonly SessionSpan[];
  dailySpans: readonly DailySpan[];
}

function conflictOf(chunkLines: ChunkLines, row: number, block: Buffer): RejectedLine {
  const { line, raw } = chunkLines.of(row, block);
  const reason =
    "another record with the same key (symbol, event time, seq) and other content is already stored";
  return { line, code: "C-001", field: "(key)", reason, raw, rawBytes: raw.length };
}

/** Where a line ends without its carriage return. */
function lineEndOf(bytes: Buffer, start: number, end: number): number {
  return end > start && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
}
