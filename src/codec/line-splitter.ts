const LINE_FEED = 0x0a;
const CARRIAGE_RETURN = 0x0d;
const FIRST_CARRY_BYTES = 64 * 1024;

export interface LineSink {
  /**
   * A line without its terminator: `bytes[start, end)`, valid only during the call.
   * `lineNumber` counts from 1, `offset` is the line's first byte in the (decompressed) file.
   */
  line(bytes: Buffer, start: number, end: number, lineNumber: number, offset: number): void;
  /** A line longer than the limit: its head, valid only during the call, and how long it was. */
  tooLong(head: Buffer, totalBytes: number, lineNumber: number, offset: number): void;
}

export interface LineSplitterOptions {
  /** A longer line is not kept but reported as too long; default 1 MiB. */
  maxLineBytes?: number;
  /** How much of a too long line is kept for the report; default 64 KiB. */
  keptHeadBytes?: number;
  /** Where reading resumes: bytes and lines already dealt with. */
  startOffset?: number;
  linesBefore?: number;
}

/**
 * Cuts a stream of chunks, of any size, into lines. A line inside one chunk is handed over where it lies; only a line
 * across chunks is copied. Line ends are LF or CRLF; a byte order mark at offset 0 is skipped; empty lines are
 * counted and not handed over. Memory stays below `maxLineBytes` plus the chunk, whatever the input.
 */
export class LineSplitter {
  readonly #maxLineBytes: number;
  readonly #keptHeadBytes: number;
  #lines: number;
  #emptyLines = 0;
  /** File offset of the first byte not yet handed over. */
  #nextOffset: number;
  /** The start of the line whose end has not come yet; only its head once `#pendingBytes` passes the limit. */
  #carry = Buffer.allocUnsafe(FIRST_CARRY_BYTES);
  #pendingBytes = 0;

  constructor(options: LineSplitterOptions = {}) {
    this.#maxLineBytes = options.maxLineBytes ?? 1024 * 1024;
    this.#keptHeadBytes = Math.min(options.keptHeadBytes ?? 64 * 1024, this.#maxLineBytes);
    this.#nextOffset = options.startOffset ?? 0;
    this.#lines = options.linesBefore ?? 0;
  }

  /** Lines met so far, empty and too long ones and those before the start included. */
  get lines(): number {
    return this.#lines;
  }

  get emptyLines(): number {
    return this.#emptyLines;
  }

  /** Offset behind the last complete line, its terminator included: where to resume. */
  get nextOffset(): number {
    return this.#nextOffset;
  }

  /** Bytes of a line that has begun and not ended. */
  get pendingBytes(): number {
    return this.#pendingBytes;
  }

  /** Hands over every line that ends in `chunk`. */
  push(chunk: Buffer, sink: LineSink): void {
    let start = 0;
    for (let at = chunk.indexOf(LINE_FEED); at >= 0; at = chunk.indexOf(LINE_FEED, start)) {
      if (this.#pendingBytes > 0) this.#finishCarried(chunk, at, sink);
      else this.#deliver(chunk, start, at, at - start, 1, sink);
      start = at + 1;
    }
    if (start < chunk.length) this.#carryOn(chunk, start, chunk.length);
  }

  /** The file is over: hands over a last line that lacks its line feed. */
  end(sink: LineSink): void {
    if (this.#pendingBytes > 0) this.#deliverCarried(0, sink);
  }

  #finishCarried(chunk: Buffer, end: number, sink: LineSink): void {
    this.#carryOn(chunk, 0, end);
    this.#deliverCarried(1, sink);
  }

  #deliverCarried(terminatorBytes: number, sink: LineSink): void {
    const totalBytes = this.#pendingBytes;
    this.#pendingBytes = 0;
    this.#deliver(
      this.#carry,
      0,
      Math.min(totalBytes, this.#carry.length),
      totalBytes,
      terminatorBytes,
      sink,
    );
  }

  /** `bytes[start, end)` is the line, or as much of its `totalBytes` as was kept. */
  #deliver(
    bytes: Buffer,
    start: number,
    end: number,
    totalBytes: number,
    terminatorBytes: number,
    sink: LineSink,
  ): void {
    const offset = this.#nextOffset;
    this.#nextOffset = offset + totalBytes + terminatorBytes;
    const lineNumber = ++this.#lines;
    if (totalBytes > this.#maxLineBytes) {
      sink.tooLong(bytes.subarray(start, start + this.#keptHeadBytes), totalBytes, lineNumber, offset);
      return;
    }
    const from = offset === 0 && hasByteOrderMark(bytes, start, end) ? start + 3 : start;
    const to = end > from && bytes[end - 1] === CARRIAGE_RETURN ? end - 1 : end;
    if (from === to) this.#emptyLines++;
    else sink.line(bytes, from, to, lineNumber, offset + from - start);
  }

  #carryOn(chunk: Buffer, start: number, end: number): void {
    const kept = Math.min(this.#pendingBytes, this.#maxLineBytes);
    const wanted = Math.min(kept + end - start, this.#maxLineBytes);
    if (wanted > this.#carry.length) {
      const larger = Buffer.allocUnsafe(
        Math.min(Math.max(wanted, 2 * this.#carry.length), this.#maxLineBytes),
      );
      this.#carry.copy(larger, 0, 0, kept);
      this.#carry = larger;
    }
    chunk.copy(this.#carry, kept, start, start + wanted - kept);
    this.#pendingBytes += end - start;
  }
}

function hasByteOrderMark(bytes: Buffer, start: number, end: number): boolean {
  return end - start >= 3 && bytes[start] === 0xef && bytes[start + 1] === 0xbb && bytes[start + 2] === 0xbf;
}
