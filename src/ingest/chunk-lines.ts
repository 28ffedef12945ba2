/** Which line each row of a chunk came from, so that a row the database refuses can be shown whole. */
export class ChunkLines {
  #lines = new Float64Array(1024);
  #starts = new Int32Array(1024);
  #ends = new Int32Array(1024);
  #count = 0;

  add(line: number, start: number, end: number): void {
    if (this.#count === this.#lines.length) this.#grow();
    this.#lines[this.#count] = line;
    this.#starts[this.#count] = start;
    this.#ends[this.#count] = end;
    this.#count++;
  }

  /** Line number and bytes of a row, counted from 1; the block must be the one the chunk was cut from. */
  of(row: number, block: Buffer): { line: number; raw: Buffer } {
    const index = row - 1;
    if (index < 0 || index >= this.#count) throw new RangeError(`no row ${row} in a chunk of ${this.#count}`);
    return {
      line: this.#lines[index]!,
      raw: Buffer.from(block.subarray(this.#starts[index]!, this.#ends[index]!)),
    };
  }

  #grow(): void {
    const capacity = this.#lines.length * 2;
    const lines = new Float64Array(capacity);
    lines.set(this.#lines);
    this.#lines = lines;
    const starts = new Int32Array(capacity);
    starts.set(this.#starts);
    this.#starts = starts;
    const ends = new Int32Array(capacity);
    ends.set(this.#ends);
    this.#ends = ends;
  }
}
