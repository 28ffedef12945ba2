const MASK_64 = (1n << 64n) - 1n;
const GOLDEN_GAMMA = 0x9e3779b97f4a7c15n;

/** Standard deviation of the sum of four uniform 16-bit integers: √(4 · (2^32 − 1) / 12). */
const FOUR_HALVES_SD = Math.sqrt((2 ** 32 - 1) / 3);
const FOUR_HALVES_MEAN = 2 * (2 ** 16 - 1);

/**
 * xoshiro128** 1.1: uniform 32-bit integers, period 2^128 − 1.
 * Everything here is integer arithmetic, + − × ÷ and √, which IEEE 754 and ECMAScript fix to the last bit, so a
 * seed gives the same numbers on every machine. Math.log, exp and sin are not fixed that far: hence `bell`.
 * source  Blackman and Vigna 2021, "Scrambled linear pseudorandom number generators", ACM TOMS 47(4)
 */
export class RandomStream {
  #a: number;
  #b: number;
  #c: number;
  #d: number;

  /** Four 32-bit words, not all zero. */
  constructor(a: number, b: number, c: number, d: number) {
    this.#a = a | 0;
    this.#b = b | 0;
    this.#c = c | 0;
    this.#d = d | 0;
  }

  uint32(): number {
    const timesFive = Math.imul(this.#b, 5);
    const result = Math.imul((timesFive << 7) | (timesFive >>> 25), 9) >>> 0;
    const shifted = this.#b << 9;
    this.#c ^= this.#a;
    this.#d ^= this.#b;
    this.#b ^= this.#c;
    this.#a ^= this.#d;
    this.#c ^= shifted;
    this.#d = (this.#d << 11) | (this.#d >>> 21);
    return result;
  }

  /** Uniform in [0, 1), a multiple of 2^-32. */
  fraction(): number {
    return this.uint32() / 2 ** 32;
  }

  /** Uniform in [from, to). */
  between(from: number, to: number): number {
    return from + (to - from) * this.fraction();
  }

  /** Uniform whole number in [0, bound), bound ≤ 2^32; the bias of a bound is at most bound · 2^-32. */
  below(bound: number): number {
    return Math.floor(this.fraction() * bound);
  }

  /**
   * Bell-shaped, mean 0 and variance 1 exactly, symmetric, within ±3.47: the Irwin–Hall sum of four uniforms.
   * Its excess kurtosis is −0.3; the fat tails of returns come from shocks, not from here.
   */
  bell(): number {
    const first = this.uint32();
    const second = this.uint32();
    const sum = (first & 0xffff) + (first >>> 16) + (second & 0xffff) + (second >>> 16);
    return (sum - FOUR_HALVES_MEAN) / FOUR_HALVES_SD;
  }
}

/** One step of SplitMix64: its output after the state moved to `state`. Source: Steele, Lea, Flood 2014; Vigna's splitmix64.c. */
export function splitMix64(state: bigint): bigint {
  let z = state & MASK_64;
  z = ((z ^ (z >> 30n)) * 0xbf58476d1ce4e5b9n) & MASK_64;
  z = ((z ^ (z >> 27n)) * 0x94d049bb133111ebn) & MASK_64;
  return z ^ (z >> 31n);
}

/**
 * The stream at `path` under a seed. Streams of different paths are unrelated, so that a symbol's day does not
 * change when another symbol is added. `seed` and the path are whole numbers ≥ 0.
 */
export function openStream(seed: number, ...path: readonly number[]): RandomStream {
  let root = splitMix64(BigInt(seed) + GOLDEN_GAMMA);
  for (const step of path) root = splitMix64((root ^ BigInt(step)) + GOLDEN_GAMMA);
  const low = splitMix64(root + GOLDEN_GAMMA);
  const high = splitMix64(root + 2n * GOLDEN_GAMMA);
  const word = (value: bigint, shift: bigint) => Number((value >> shift) & 0xffffffffn);
  return new RandomStream(word(low, 0n), word(low, 32n), word(high, 0n), word(high, 32n));
}
