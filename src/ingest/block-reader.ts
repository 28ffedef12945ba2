/** Where content comes from, uncompressed: a file, or a gzip stream. Returns 0 at the end. */
export interface ContentSource {
  read(into: Buffer, offset: number, length: number): Promise<number>;
  close(): Promise<void>;
}

/** A stretch of content that ends at the end of a line. Valid until two more were asked for. */
export interface Block {
  bytes: Buffer;
  /** Offset just behind the stretch, the last newline included. */
  end: number;
  /** Offset of `bytes[0]` in the content. */
  contentOffset: number;
  /** The last line of the content lacks its newline: it may still be being written. */
  unterminated: boolean;
  /** Set when the stretch is part of one line that is longer than a block. */
  part?: "first" | "middle" | "last";
}

const NEWLINE = 10;

/**
 * Reads content in blocks of whole lines through three buffers that take turns: one is being read, the caller works
 * on another, and the one before may still be on its way to the database. Memory stays at three blocks for any file
 * and any line.
 */
export class BlockReader {
  readonly #source: ContentSource;
  readonly #buffers: readonly [Buffer, Buffer, Buffer];
  #turn: 0 | 1 | 2 = 0;
  #contentOffset = 0;
  #carry: Buffer | undefined;
  #ended = false;
  #insideLongLine = false;
  #next: Promise<Block | null> | undefined;

  constructor(source: ContentSource, blockBytes: number) {
    this.#source = source;
    const allocate = () => Buffer.allocUnsafeSlow(blockBytes);
    this.#buffers = [allocate(), allocate(), allocate()];
  }

  /** The next block, or null at the end. Throws what the source throws (a truncated gzip, a read error). */
  async next(): Promise<Block | null> {
    const block = await (this.#next ?? this.#read());
    this.#next = block === null ? undefined : this.#read();
    // A rejection is delivered by the next call; until then it is not unhandled.
    this.#next?.catch(() => undefined);
    return block;
  }

  async close(): Promise<void> {
    await this.#next?.catch(() => undefined);
    await this.#source.close();
  }

  async #read(): Promise<Block | null> {
    const buffer = this.#buffers[this.#turn];
    this.#turn = this.#turn === 0 ? 1 : this.#turn === 1 ? 2 : 0;
    let filled = this.#carry?.copy(buffer) ?? 0;
    this.#carry = undefined;
    while (filled < buffer.length && !this.#ended) {
      const got = await this.#source.read(buffer, filled, buffer.length - filled);
      this.#ended = got === 0;
      filled += got;
    }
    // Content that ends exactly with a block inside a long line still owes that line its end.
    return filled === 0 && !this.#insideLongLine ? null : this.#cut(buffer, filled);
  }

  #cut(buffer: Buffer, filled: number): Block {
    const within = this.#insideLongLine;
    const newline = within
      ? buffer.subarray(0, filled).indexOf(NEWLINE)
      : buffer.lastIndexOf(NEWLINE, filled - 1);
    const whole = newline !== -1;
    const end = whole && !(this.#ended && !within) ? newline + 1 : filled;
    if (end < filled) this.#carry = buffer.subarray(end, filled);
    const atEnd = this.#ended && end === filled;
    const block: Block = {
      bytes: buffer,
      end,
      contentOffset: this.#contentOffset,
      unterminated: atEnd && (end === 0 || buffer[end - 1] !== NEWLINE),
    };
    if (within) block.part = whole || atEnd ? "last" : "middle";
    else if (!whole && !atEnd) block.part = "first";
    this.#insideLongLine = block.part === "first" || block.part === "middle";
    this.#contentOffset += end;
    return block;
  }
}
