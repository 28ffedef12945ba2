/** How often each reservation about a line was made; names come from the decoder's bit table. */
export class WarningCounts {
  readonly #names: readonly (readonly [string, number])[];
  readonly #counts: Record<string, number> = {};

  constructor(bits: Readonly<Record<string, number>>) {
    this.#names = Object.entries(bits);
  }

  add(warnings: number, unknownFields: number): void {
    if (unknownFields > 0) this.#count("unknownField", unknownFields);
    if (warnings === 0) return;
    for (const [name, bit] of this.#names) if ((warnings & bit) !== 0) this.#count(name, 1);
  }

  counts(): Record<string, number> {
    return { ...this.#counts };
  }

  #count(name: string, times: number): void {
    this.#counts[name] = (this.#counts[name] ?? 0) + times;
  }
}
