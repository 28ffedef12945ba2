import { createHash } from "node:crypto";
import { ObserverError } from "../../errors/index.ts";
import type { Store } from "../store.ts";
import { checkLimit } from "./argument-checks.ts";
import { ask, type SqlValue } from "./ask.ts";
import type { DatabaseRow } from "./row-fields.ts";

export interface PageRequest {
  /** Rows on the page, 1 to 10,000. Default 1,000. */
  limit?: number;
  /** `nextCursor` of the page before; the other arguments must be the same. */
  cursor?: string | null;
}

export interface Page<Row> {
  rows: Row[];
  /** What to pass as `cursor` for the next page; null after the last one. */
  nextCursor: string | null;
}

/** The key of a row in the order of a question: instants as ISO text, numbers, or big numbers as text. */
export type PageKey = readonly (string | number)[];

/**
 * A question whose answer is walked in the order of a key. Its SQL takes the arguments, then the key after
 * which to go on, then the greatest number of rows (NULL for all).
 */
export interface PagedQuestion<Row> {
  /** `sql/queries/<name>.sql`. */
  name: string;
  arguments: readonly SqlValue[];
  /** A key that no row has and that lies before every row. */
  beforeFirst: PageKey;
  keyOf(row: Row): PageKey;
  decode(row: DatabaseRow): Row;
}

const DEFAULT_LIMIT = 1_000;
const DIGEST_BYTES = 8;

/** One page. Asks for one row more than shown, which is how it knows whether there is another page. */
export async function readPage<Row>(
  store: Store,
  question: PagedQuestion<Row>,
  request: PageRequest,
): Promise<Page<Row>> {
  const limit = checkLimit(request.limit ?? DEFAULT_LIMIT);
  const after =
    request.cursor === undefined || request.cursor === null
      ? question.beforeFirst
      : keyOfCursor(question, request.cursor);
  const values = [...question.arguments, ...after, limit + 1];
  const rows = await ask(store, question.name, values, question.decode);
  const more = rows.length > limit;
  if (more) rows.length = limit;
  const last = rows.at(-1);
  return { rows, nextCursor: more && last !== undefined ? cursorAt(question, question.keyOf(last)) : null };
}

/**
 * A digest over question, arguments and key, then the key. It is no secret: it turns a cursor that was cut,
 * edited or taken from another question into an error instead of into a hole in somebody's data.
 */
function cursorAt<Row>(question: PagedQuestion<Row>, key: PageKey): string {
  const text = JSON.stringify(key);
  return Buffer.concat([digest(question, text), Buffer.from(text, "utf8")]).toString("base64url");
}

function keyOfCursor<Row>(question: PagedQuestion<Row>, cursor: string): PageKey {
  const bytes = Buffer.from(String(cursor), "base64url");
  const text = bytes.subarray(DIGEST_BYTES).toString("utf8");
  const genuine =
    bytes.toString("base64url") === cursor && bytes.subarray(0, DIGEST_BYTES).equals(digest(question, text));
  const key = genuine ? parseKey(text, question.beforeFirst) : undefined;
  if (key !== undefined) return key;
  throw new ObserverError(
    "OBS_ARGUMENT_INVALID",
    "the cursor does not belong to this question",
    "pass nextCursor unchanged, with the arguments of the page it came with; or leave it out to begin again.",
  );
}

/** A key of the same shape as `like`, or undefined: who can compute the digest can still write nonsense. */
function parseKey(text: string, like: PageKey): PageKey | undefined {
  const isKey = (value: unknown): value is PageKey =>
    Array.isArray(value) &&
    value.length === like.length &&
    value.every((part, i) => typeof part === typeof like[i]);
  try {
    const key: unknown = JSON.parse(text);
    return isKey(key) ? key : undefined;
  } catch {
    return undefined;
  }
}

function digest<Row>(question: PagedQuestion<Row>, keyText: string): Buffer {
  const asked = JSON.stringify([question.name, question.arguments, keyText]);
  return createHash("sha256").update(asked).digest().subarray(0, DIGEST_BYTES);
}
