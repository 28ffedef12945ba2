/** What JSON can say, without the numbers it cannot. */
export type JsonValue =
  | string
  | number
  | boolean
  | null
  | readonly JsonValue[]
  | { readonly [name: string]: JsonValue };

/**
 * The one text of a JSON value: no white space, names in the order of their UTF-16 code units, numbers as
 * ECMAScript prints them. Throws RangeError on what has no such text: a number that is not finite, a lone surrogate.
 * source: RFC 8785, "JSON Canonicalization Scheme"
 */
export function canonicalJson(value: JsonValue): string {
  if (value === null || typeof value === "boolean") return String(value);
  if (typeof value === "string") return canonicalText(value);
  if (typeof value === "number") {
    if (!Number.isFinite(value)) throw new RangeError(`JSON has no number ${value}`);
    return JSON.stringify(value);
  }
  if (isList(value)) return `[${value.map(canonicalJson).join(",")}]`;
  const members = Object.entries(value)
    .sort(([left], [right]) => (left < right ? -1 : 1))
    .map(([name, member]) => `${canonicalText(name)}:${canonicalJson(member)}`);
  return `{${members.join(",")}}`;
}

// Array.isArray does not narrow a readonly array out of a union.
function isList(value: JsonValue): value is readonly JsonValue[] {
  return Array.isArray(value);
}

function canonicalText(text: string): string {
  if (/\p{Surrogate}/u.test(text))
    throw new RangeError(`text with half a character: ${JSON.stringify(text)}`);
  return JSON.stringify(text);
}
