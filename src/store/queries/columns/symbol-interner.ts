/**
 * Numbers for symbols in order of first appearance, looked up by their bytes. Rows come in runs of one symbol
 * or in the same round of symbols again and again, so the one that followed last time is tried before the map.
 */
export class SymbolInterner {
  readonly symbols: string[] = [];
  readonly #bytes: Buffer[] = [];
  readonly #follower: number[] = [];
  readonly #indexOf = new Map<string, number>();
  #last = -1;

  indexOf(chunk: Buffer, at: number, length: number): number {
    const guess = this.#last < 0 ? -1 : this.#follower[this.#last]!;
    const index =
      guess >= 0 && same(this.#bytes[guess]!, chunk, at, length) ? guess : this.#find(chunk, at, length);
    if (this.#last >= 0) this.#follower[this.#last] = index;
    this.#last = index;
    return index;
  }

  #find(chunk: Buffer, at: number, length: number): number {
    const symbol = chunk.toString("utf8", at, at + length);
    const known = this.#indexOf.get(symbol);
    if (known !== undefined) return known;
    const index = this.symbols.push(symbol) - 1;
    this.#bytes.push(Buffer.from(chunk.subarray(at, at + length)));
    this.#follower.push(-1);
    this.#indexOf.set(symbol, index);
    return index;
  }
}

function same(known: Buffer, chunk: Buffer, at: number, length: number): boolean {
  if (known.length !== length) return false;
  for (let i = 0; i < length; i++) if (known[i] !== chunk[at + i]) return false;
  return true;
}
