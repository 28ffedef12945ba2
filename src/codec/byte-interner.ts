/** Twice the distinct texts kept, so that probing stays short. */
const SLOTS = 16_384;
const ENTRIES = SLOTS / 2;
const LONGEST = 50;

/**
 * Remembers what short ASCII texts mean, found by their bytes: a text seen before costs no string.
 * Open addressing with linear probing; every hit is verified byte for byte. When full it starts over, so a file in
 * which every line names a new session cannot grow it.
 */
export class ByteInterner<T> {
  readonly #meaningOf: (text: string) => T | undefined;
  readonly #slots = new Int32Array(SLOTS);
  readonly #hashes = new Int32Array(ENTRIES);
  readonly #lengths = new Uint8Array(ENTRIES);
  readonly #bytes = new Uint8Array(ENTRIES * LONGEST);
  #meanings: T[] = [];

  /** `meaningOf` gives what a text stands for, undefined when it may not stand there at all. */
  constructor(meaningOf: (text: string) => T | undefined) {
    this.#meaningOf = meaningOf;
  }

  /** The meaning of `bytes[start, end)`, whose FNV-1a hash the caller took while scanning; undefined when refused. */
  meaning(bytes: Buffer, start: number, end: number, hash: number): T | undefined {
    const length = end - start;
    let slot = hash & (SLOTS - 1);
    for (let entry = this.#slots[slot]! - 1; entry >= 0; entry = this.#slots[slot]! - 1) {
      if (this.#hashes[entry] === hash && this.#lengths[entry] === length) {
        const offset = entry * LONGEST - start;
        let at = start;
        while (at < end && this.#bytes[offset + at] === bytes[at]) at++;
        if (at === end) return this.#meanings[entry];
      }
      slot = (slot + 1) & (SLOTS - 1);
    }
    return this.#admit(bytes, start, end, hash, slot);
  }

  #admit(bytes: Buffer, start: number, end: number, hash: number, freeSlot: number): T | undefined {
    if (end - start > LONGEST) return undefined;
    const meaning = this.#meaningOf(bytes.toString("latin1", start, end));
    if (meaning === undefined) return undefined;
    let slot = freeSlot;
    if (this.#meanings.length === ENTRIES) {
      this.#slots.fill(0);
      this.#meanings = [];
      slot = hash & (SLOTS - 1);
    }
    const entry = this.#meanings.push(meaning) - 1;
    this.#slots[slot] = entry + 1;
    this.#hashes[entry] = hash;
    this.#lengths[entry] = end - start;
    this.#bytes.set(bytes.subarray(start, end), entry * LONGEST);
    return meaning;
  }
}
