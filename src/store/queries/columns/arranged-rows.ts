import type { RowPiece } from "./column-decoder.ts";

/** Rows by symbol: those of symbol i are `symbolStart[i]` up to, not including, `symbolStart[i + 1]`. */
export interface SymbolGroups {
  symbols: readonly string[];
  symbolStart: Int32Array;
  /** Where each row goes, by order of arrival. */
  destination: Int32Array;
}

/**
 * The order of (symbol, keys) for rows as they came. A counting sort by symbol keeps the order of arrival, which
 * within a symbol is nearly always that of the keys; only symbols where it is not are sorted.
 * keys  how many of the first fields order the rows of a symbol, most significant first
 * cost  O(rows) for rows in order of time
 */
export function groupBySymbol(
  pieces: readonly RowPiece[],
  symbolsAsMet: readonly string[],
  keys: number,
): SymbolGroups {
  const symbols = [...symbolsAsMet].sort();
  const rankOf = new Map(symbols.map((symbol, rank) => [symbol, rank]));
  const rank = Int32Array.from(symbolsAsMet, (symbol) => rankOf.get(symbol) ?? 0);
  const symbolStart = new Int32Array(symbols.length + 1);
  for (const { rows, symbol } of pieces) {
    for (let row = 0; row < rows; row++) symbolStart[rank[symbol[row]!]! + 1]!++;
  }
  for (let i = 1; i <= symbols.length; i++) symbolStart[i]! += symbolStart[i - 1]!;

  const destination = new Int32Array(symbolStart[symbols.length]!);
  const next = symbolStart.slice();
  const disordered = findDisordered(pieces, symbols.length, keys);
  let arrival = 0;
  for (const { rows, symbol } of pieces) {
    for (let row = 0; row < rows; row++) destination[arrival++] = next[rank[symbol[row]!]!]!++;
  }
  for (const met of disordered) sortSymbol(pieces, met, keys, symbolStart[rank[met]!]!, destination);
  return { symbols, symbolStart, destination };
}

/** Symbols, by number as met, whose rows did not come in order of the keys. */
function findDisordered(pieces: readonly RowPiece[], symbolCount: number, keys: number): Set<number> {
  const disordered = new Set<number>();
  const last = Array.from({ length: keys }, () =>
    new Float64Array(symbolCount).fill(Number.NEGATIVE_INFINITY),
  );
  for (const { rows, symbol, values } of pieces) {
    for (let row = 0; row < rows; row++) {
      const met = symbol[row]!;
      let k = 0;
      while (k < keys - 1 && values[k]![row]! === last[k]![met]!) k++;
      if (values[k]![row]! < last[k]![met]!) disordered.add(met);
      for (let i = 0; i < keys; i++) last[i]![met] = values[i]![row]!;
    }
  }
  return disordered;
}

function sortSymbol(
  pieces: readonly RowPiece[],
  met: number,
  keys: number,
  start: number,
  destination: Int32Array,
): void {
  const arrivals: { arrival: number; key: number[] }[] = [];
  let arrival = 0;
  for (const { rows, symbol, values } of pieces) {
    for (let row = 0; row < rows; row++, arrival++) {
      if (symbol[row] === met)
        arrivals.push({ arrival, key: values.slice(0, keys).map((column) => column[row]!) });
    }
  }
  arrivals.sort((a, b) => {
    let k = 0;
    while (k < keys - 1 && a.key[k] === b.key[k]) k++;
    return a.key[k]! - b.key[k]!;
  });
  arrivals.forEach((row, place) => {
    destination[row.arrival] = start + place;
  });
}

/** The values of one field, arranged. Writes fan out to one place a symbol, which caches bear better than reads. */
export function arrangeValues(
  pieces: readonly RowPiece[],
  field: number,
  destination: Int32Array,
): Float64Array {
  const arranged = new Float64Array(destination.length);
  let arrival = 0;
  for (const { rows, values } of pieces) {
    const column = values[field]!;
    for (let row = 0; row < rows; row++) arranged[destination[arrival++]!] = column[row]!;
  }
  return arranged;
}

export function arrangeQuality(pieces: readonly RowPiece[], destination: Int32Array): Uint8Array {
  const arranged = new Uint8Array(destination.length);
  let arrival = 0;
  for (const { rows, quality } of pieces) {
    for (let row = 0; row < rows; row++) arranged[destination[arrival++]!] = quality[row]!;
  }
  return arranged;
}
