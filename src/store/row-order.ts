/**
 * Brings the rows of a piece together by group (their symbol), keeping the order within a group. A primary key that
 * begins with the symbol then takes them in few runs instead of jumping from symbol to symbol with every row, and a
 * symbol's rows lie together in the table.
 */
export class RowOrder {
  #starts = new Int32Array(2048);
  #groups = new Int32Array(2048);
  #rows = 0;
  #groupCount = 0;
  /** By position in the COPY, from 0: which row it was in the order they were written. */
  #arrival = new Int32Array(4096);
  #ordered = 0;
  #counts = new Int32Array(64);

  /** A row of `group` (≥ 0, small numbers) begins at a byte of the piece under way. */
  begin(start: number, group: number): void {
    if (this.#rows === this.#starts.length) {
      this.#starts = grown(this.#starts);
      this.#groups = grown(this.#groups);
    }
    this.#starts[this.#rows] = start;
    this.#groups[this.#rows] = group;
    this.#rows++;
    if (group >= this.#groupCount) this.#groupCount = group + 1;
  }

  /** Copies the rows of `piece`, that ends at `end`, into `into` in their new order; what lies before the first row stays first. */
  arrange(piece: Buffer, end: number, into: Buffer): void {
    const rows = this.#rows;
    const places = this.#placesOfGroups();
    const first = rows === 0 ? end : this.#starts[0]!;
    const bytes = new Int32Array(rows + 1);
    while (this.#ordered + rows > this.#arrival.length) this.#arrival = grown(this.#arrival);
    // Where each row goes: by place first, then the running sum of lengths gives its byte.
    const place = new Int32Array(rows);
    for (let row = 0; row < rows; row++) {
      const to = places[this.#groups[row]!]!++;
      place[row] = to;
      this.#arrival[this.#ordered + to] = this.#ordered + row;
      bytes[to + 1] = this.#endOf(row, end) - this.#starts[row]!;
    }
    bytes[0] = first;
    for (let to = 0; to < rows; to++) bytes[to + 1]! += bytes[to]!;
    piece.copy(into, 0, 0, first);
    for (let row = 0; row < rows; row++) {
      piece.copy(into, bytes[place[row]!]!, this.#starts[row]!, this.#endOf(row, end));
    }
    this.#ordered += rows;
    this.#rows = 0;
  }

  /** The 1-based number, in the order they were written, of the row with a 1-based position in the COPY. */
  arrivalOf(ordinal: number): number {
    return this.#arrival[ordinal - 1]! + 1;
  }

  reset(): void {
    this.#rows = 0;
    this.#ordered = 0;
  }

  #endOf(row: number, end: number): number {
    return row + 1 < this.#rows ? this.#starts[row + 1]! : end;
  }

  /** For each group the place of its first row. */
  #placesOfGroups(): Int32Array {
    if (this.#groupCount > this.#counts.length) this.#counts = new Int32Array(this.#groupCount * 2);
    const places = this.#counts.fill(0);
    for (let row = 0; row < this.#rows; row++) places[this.#groups[row]!]!++;
    let next = 0;
    for (let group = 0; group < this.#groupCount; group++) {
      const count = places[group]!;
      places[group] = next;
      next += count;
    }
    return places;
  }
}

function grown(array: Int32Array<ArrayBuffer>): Int32Array<ArrayBuffer> {
  const larger = new Int32Array(array.length * 2);
  larger.set(array);
  return larger;
}
