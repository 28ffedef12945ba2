/** The flat keys of v1.0 and v1.1, in the order of the v1.1 example; a key's place is its number. */
const NAMES = [
  "schema_version",
  "ts",
  "event_time",
  "receive_time",
  "symbol",
  "venue",
  "seq",
  "bid_price",
  "ask_price",
  "bid_size",
  "ask_size",
  "last_price",
  "volume",
  "acml_volume",
  "acml_value",
  "session_id",
  "mitigation_level",
  "quality_flag",
] as const;

export const KEY_COUNT = NAMES.length;

/** The keys by number, for a `switch` that compiles to a jump. */
export const KEY = {
  schemaVersion: 0,
  ts: 1,
  eventTime: 2,
  receiveTime: 3,
  symbol: 4,
  venue: 5,
  seq: 6,
  bidPrice: 7,
  askPrice: 8,
  bidSize: 9,
  askSize: 10,
  lastPrice: 11,
  volume: 12,
  acmlVolume: 13,
  acmlValue: 14,
  sessionId: 15,
  mitigationLevel: 16,
  qualityFlag: 17,
} as const;

const quoted = NAMES.map((name) => Buffer.from(`"${name}"`));
const LONGEST = 20;

/** The bytes of each key with its quotes, one after the other, `LONGEST` apart. */
const KEY_BYTES = new Uint8Array(KEY_COUNT * LONGEST);
const KEY_LENGTHS = Uint8Array.from(quoted, (key) => key.length);
for (const [number, key] of quoted.entries()) KEY_BYTES.set(key, number * LONGEST);

/** Where key number `key` ends when it stands at `at`, quotes included; -1 when it does not stand there. */
export function endOfKey(key: number, bytes: Buffer, at: number): number {
  const length = KEY_LENGTHS[key]!;
  const offset = key * LONGEST;
  for (let i = 0; i < length; i++) if (KEY_BYTES[offset + i] !== bytes[at + i]) return -1;
  return at + length;
}

/** The number of the key that stands at `at`; -1 when none of them does. */
export function keyAt(bytes: Buffer, at: number): number {
  for (let key = 0; key < KEY_COUNT; key++) if (endOfKey(key, bytes, at) >= 0) return key;
  return -1;
}
