import { spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { cp, mkdir, mkdtemp, readdir, readFile, rm, stat, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, test, vi } from "vitest";
import { tenMinuteSlotUs, tradingDay } from "../market/index.ts";
import { isTradeDate, kstDateOf, type TimeUs, tradeDate } from "../record/index.ts";
import type { GroundTruth, RecordCounts } from "./ground-truth.ts";
import { type SampleOutcome, writeSample } from "./write-sample.ts";

// Two symbols' ticks are written and read within a second; a busy machine may need many.
vi.setConfig({ testTimeout: 60_000, hookTimeout: 60_000 });

const SMALL = {
  seed: 7,
  tradingDates: ["2026-01-05", "2026-01-06", "2026-01-07"].map(tradeDate),
  tickSymbols: 2,
  swingSymbols: 13,
};

let root: string;
let directory: string;
let outcome: SampleOutcome;
let truth: GroundTruth;
let ticks: Loaded;

beforeAll(async () => {
  root = await mkdtemp(join(tmpdir(), "observer-sample-"));
  directory = join(root, "sample");
  outcome = await writeSample({ directory, ...SMALL });
  truth = outcome.truth;
  ticks = load(await linesUnder("scalp/"), "ticks");
});
afterAll(() => rm(root, { recursive: true }));

type Fields = Record<string, unknown>;
interface Loaded {
  counts: RecordCounts;
  /** Refused lines by code. */
  codes: Map<string, number>;
  rows: Map<string, Fields>;
  unusual: { zoneless: number; textual: number };
}
interface ReadLine {
  path: string;
  line: number;
  text: string;
}

async function contentOf(path: string): Promise<Buffer> {
  const bytes = await readFile(join(directory, path));
  return path.endsWith(".gz") ? gunzipSync(bytes) : bytes;
}

async function linesUnder(folder: string): Promise<ReadLine[]> {
  const read: ReadLine[] = [];
  for (const { path } of truth.files.filter((file) => file.path.startsWith(folder))) {
    const lines = (await contentOf(path))
      .toString("utf8")
      .replace(/^\uFEFF/, "")
      .split(/\r?\n/);
    expect(lines.pop()).toBe("");
    read.push(...lines.map((text, i) => ({ path, line: i + 1, text })));
  }
  return read;
}

const isFields = (value: unknown): value is Fields => typeof value === "object" && value !== null;
const hasZone = (text: unknown) => /(?:Z|[+-]\d\d:\d\d)$/.test(String(text));
/** The instant a time names; without a zone it is Korean. */
const instantMs = (text: unknown) => Date.parse(hasZone(text) ? String(text) : `${text}+09:00`);
const timeOf = (fields: Fields) => String(fields.bar_time ?? fields.event_time ?? fields.ts);

/** The prices and volumes a record cannot do without. */
function numbersOf(fields: Fields): number[] {
  const { price, last_price, bid_price, ask_price, volume } = fields;
  const prices = isFields(price) ? [price.open, price.high, price.low, price.close] : [last_price];
  return [...prices, bid_price, ask_price, volume].map((number) => Number(number ?? Number.NaN));
}

/** The quality gate's rules, the slow and plain way; the first that is broken names the code. */
const RULES: readonly (readonly [string, (fields: Fields) => boolean])[] = [
  ["V-001", (fields) => numbersOf(fields).some(Number.isNaN)],
  ["V-004", (fields) => !isTradeDate(timeOf(fields).slice(0, 10))],
  ["V-006", (fields) => numbersOf(fields).some((number) => number < 0)],
  ["V-007", ({ price }) => isFields(price) && Number(price.high) < Number(price.low)],
  ["V-008", (fields) => Number(fields.ask_price) < Number(fields.bid_price)],
  ["V-010", (fields) => Number(fields.volume) > 1e10],
  ["V-011", (fields) => !/^[0-9A-Z]{6}$/.test(String(fields.symbol))],
];

function fieldsOf(text: string): Fields | null {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

/** The symbol and the instant of a tick, or the start of the bar a record belongs to. */
function keyOf(fields: Fields): string {
  const timeUs = (instantMs(timeOf(fields)) * 1000) as TimeUs;
  const day = tradingDay(kstDateOf(timeUs));
  const startUs = isFields(fields.price) && day !== null ? tenMinuteSlotUs(day, timeUs) : timeUs;
  return `${fields.symbol} ${startUs}`;
}

/** Reads lines as a loader would and counts how they come out; every refused line must be one that is planned. */
function load(lines: ReadLine[], records: "ticks" | "bars"): Loaded {
  const planned = new Map(truth.faultLines.map((fault) => [`${fault.path}:${fault.line}`, fault.kind]));
  const codes = new Map<string, number>();
  const rows = new Map<string, Fields>();
  const counts = {
    lines: lines.length,
    rows: 0,
    rejected: 0,
    duplicates: 0,
    conflicts: 0,
    replacements: 0,
    blank: 0,
  };
  const unusual = { zoneless: 0, textual: 0 };
  for (const { path, line, text } of lines) {
    if (text === "") {
      counts.blank++;
      continue;
    }
    const fields = fieldsOf(text);
    const code = fields === null ? "V-001" : RULES.find(([, isBroken]) => isBroken(fields))?.[0];
    if (fields === null || code !== undefined) {
      const kind = planned.get(`${path}:${line}`);
      const stated = truth.faults.find((fault) => fault.records === records && fault.kind === kind);
      expect({ path, line, code }).toEqual({ path, line, code: stated?.code });
      counts.rejected++;
      codes.set(code ?? "", (codes.get(code ?? "") ?? 0) + 1);
      continue;
    }
    if (!hasZone(fields.ts)) unusual.zoneless++;
    if (typeof fields.volume === "string") unusual.textual++;
    const known = rows.get(keyOf(fields));
    if (known === undefined) rows.set(keyOf(fields), fields);
    else if (JSON.stringify(known) === JSON.stringify(fields)) counts.duplicates++;
    else if (records === "ticks") counts.conflicts++;
    else if (instantMs(fields.ts) > instantMs(known.ts)) counts.replacements++;
  }
  counts.rows = rows.size;
  return { counts, codes, rows, unusual };
}

const linesOf = (records: "ticks" | "bars", kind: string) =>
  truth.faults.find((fault) => fault.records === records && fault.kind === kind)?.lines;

function statedCodes(records: "ticks" | "bars"): Map<string, number> {
  const codes = new Map<string, number>();
  for (const { records: of, code, lines } of truth.faults)
    if (of === records && code !== null) codes.set(code, (codes.get(code) ?? 0) + lines);
  return codes;
}

describe("the files are what the ground truth says", () => {
  test("every file, its lines, its size and its content", async () => {
    const found = await readdir(directory, { recursive: true, withFileTypes: true });
    expect(found.filter((entry) => entry.isFile()).length).toBe(truth.files.length + 1);
    for (const file of truth.files) {
      const content = await contentOf(file.path);
      expect(content.toString("latin1").split("\n").length - 1).toBe(file.lines);
      expect((await stat(join(directory, file.path))).size).toBe(file.bytes);
      expect(createHash("sha256").update(content).digest("hex")).toBe(file.contentSha256);
    }
    expect(outcome.files).toBe(truth.files.length);
    expect(outcome.lines).toBe(truth.files.reduce((sum, file) => sum + file.lines, 0));
  });

  test("names and outer forms: plain and gzip, byte order mark, CRLF, half-hourly, hourly, daily, by cycle", async () => {
    const paths = truth.files.map((file) => file.path);
    expect(paths.filter((path) => path.startsWith("scalp/"))).toEqual([
      "scalp/20260107_0900.jsonl",
      "scalp/20260107_0930.jsonl.gz",
      ...[10, 11, 12, 13, 14].map((hour) => `scalp/20260107_${hour}.jsonl.gz`),
      "scalp/20260107_15.jsonl",
    ]);
    expect(paths).toContain("swing/20260107_0910.jsonl");
    expect(paths).toContain("swing/20260107_1530.jsonl");
    expect((await contentOf("swing/20260105.jsonl")).subarray(0, 3)).toEqual(Buffer.from([0xef, 0xbb, 0xbf]));
    const crlf = (await contentOf("swing/20260106.jsonl")).toString("latin1");
    expect(crlf.split("\r\n").length).toBe(crlf.split("\n").length);
  });

  test("ticks: every line comes out as stated", () => {
    const { counts, codes, unusual } = ticks;
    expect(counts).toEqual(truth.expected.ticks);
    expect(codes).toEqual(statedCodes("ticks"));
    expect(unusual).toEqual({
      zoneless: linesOf("ticks", "no-zone"),
      textual: linesOf("ticks", "numbers-as-text"),
    });
    const missing = truth.gaps.reduce((sum, gap) => sum + gap.ticksMissing, 0);
    expect(counts.rows).toBe(2 * 46_801 - missing);
  });

  test("bars: every line comes out as stated", async () => {
    const { counts, codes, unusual } = load(await linesUnder("swing/"), "bars");
    expect(counts).toEqual(truth.expected.bars);
    expect(codes).toEqual(statedCodes("bars"));
    expect(unusual).toEqual({
      zoneless: linesOf("bars", "no-zone"),
      textual: linesOf("bars", "numbers-as-text"),
    });
    const missing = truth.gaps.reduce((sum, gap) => sum + gap.barsMissing, 0);
    expect(counts.rows).toBe(3 * 13 * 39 - missing);
  });

  test("gaps: the ledger names them, the ticks are really missing, the first one after says so", async () => {
    const ledger = (await linesUnder("system/")).map(({ text }): Fields => JSON.parse(text));
    expect(ledger.map((gap) => [gap.scope, gap.symbol ?? "", gap.reason, gap.gap_seconds])).toEqual(
      truth.gaps.map((gap) => [gap.scope, gap.symbol, gap.reason, gap.gapSeconds]),
    );
    const rows = [...ticks.rows.values()];
    const afterGap = rows.filter((row) => row.quality_flag === "gap").length;
    const tickGaps = truth.gaps.filter((gap) => gap.scope !== "swing");
    let concerned = 0;
    for (const gap of tickGaps) {
      const symbols = new Set(gap.symbol === "" ? ["SIM001", "SIM002"] : [gap.symbol]);
      concerned += symbols.size;
      const inGap = (row: Fields) => {
        const us = instantMs(row.event_time) * 1000;
        return symbols.has(String(row.symbol)) && us >= gap.gapStartUs && us < gap.gapEndUs;
      };
      expect(rows.filter(inGap).length).toBe(0);
      expect(gap.ticksMissing).toBe(2 * gap.gapSeconds * symbols.size);
    }
    expect(afterGap).toBe(concerned);
  });

  test("the counters show what the gaps swallowed: captured plus missing shares are the day's volume", () => {
    const rows = [...ticks.rows.values()];
    const captured = rows.reduce((sum, row) => sum + Number(row.volume), 0);
    const total = ["SIM001", "SIM002"].reduce((sum, symbol) => {
      const last = rows.filter((row) => row.symbol === symbol).at(-1);
      return sum + Number(last?.acml_volume);
    }, 0);
    expect(captured + truth.gaps.reduce((sum, gap) => sum + gap.sharesMissing, 0)).toBe(total);
  });
});

describe("the same request gives the same sample", () => {
  const digestOf = (of: GroundTruth) =>
    createHash("sha256")
      .update(of.files.map((file) => `${file.path} ${file.contentSha256}\n`).join(""))
      .digest("hex");

  test("byte for byte what version 1 has always written", () => {
    // When this fails, the sample changed: raise SAMPLE_VERSION, then put the new digest here.
    expect(digestOf(truth)).toBe("8d23b8df075a92ad70cda354a6b275006db7379ce7e33736cddc17c2899d1ada");
  });

  test("and another seed another one", async () => {
    const other = await writeSample({ directory: join(root, "other-seed"), ...SMALL, seed: 8 });
    expect(digestOf(other.truth)).not.toBe(digestOf(truth));
    expect(other.truth.files.map((file) => file.path)).toEqual(truth.files.map((file) => file.path));
  });
});

describe("the folder", () => {
  test("that holds this very sample is left alone", async () => {
    const before = await stat(join(directory, "ground-truth.json"));
    const again = await writeSample({ directory, ...SMALL });
    expect(again).toEqual({ ...outcome, kind: "present" });
    expect((await stat(join(directory, "ground-truth.json"))).mtimeMs).toBe(before.mtimeMs);
  });

  test("that holds another sample, foreign files or a changed sample is refused untouched", async () => {
    const refused = { code: "OBS_SAMPLE_DIRECTORY_TAKEN" };
    await expect(writeSample({ directory, ...SMALL, seed: 9 })).rejects.toMatchObject(refused);
    const foreign = join(root, "foreign");
    await mkdir(foreign);
    await writeFile(join(foreign, "notes.txt"), "mine");
    await expect(writeSample({ directory: foreign, ...SMALL })).rejects.toMatchObject(refused);
    expect(await readdir(foreign)).toEqual(["notes.txt"]);
    await writeFile(join(foreign, "ground-truth.json"), '{"format":"observer-sample","seal":"0"}');
    await expect(writeSample({ directory: foreign, ...SMALL })).rejects.toMatchObject(refused);
    const changed = join(root, "changed");
    await cp(directory, changed, { recursive: true });
    await truncate(join(changed, "scalp/20260107_0900.jsonl"), 10);
    await expect(writeSample({ directory: changed, ...SMALL })).rejects.toMatchObject({
      ...refused,
      message: expect.stringContaining("scalp/20260107_0900.jsonl"),
    });
  });

  test("is never half full: an aborted generation leaves nothing, a killed one is cleared up", async () => {
    const target = join(root, "aborted");
    await expect(writeSample({ directory: target, ...SMALL, signal: AbortSignal.abort() })).rejects.toThrow(
      /abort/i,
    );
    const deadPid = spawnSync(process.execPath, ["-e", ""]).pid;
    await mkdir(`${target}.partial-${deadPid}/scalp`, { recursive: true });
    await mkdir(target);
    await writeSample({ directory: target, ...SMALL });
    expect((await readdir(root)).filter((name) => name.startsWith("aborted"))).toEqual(["aborted"]);
    expect((await readdir(target)).sort()).toEqual(["ground-truth.json", "scalp", "swing", "system"]);
  });

  test("must not be asked for nonsense", async () => {
    const wrong = [
      { tickSymbols: 14 },
      { swingSymbols: 12 },
      { seed: -1 },
      { tradingDates: [tradeDate("2026-01-05")] },
    ];
    for (const request of wrong)
      await expect(writeSample({ directory: join(root, "wrong"), ...SMALL, ...request })).rejects.toThrow(
        RangeError,
      );
    const sunday = { tradingDates: ["2026-01-04", "2026-01-05"].map(tradeDate) };
    await expect(writeSample({ directory: join(root, "wrong"), ...SMALL, ...sunday })).rejects.toThrow(
      "2026-01-04",
    );
    expect((await readdir(root)).filter((name) => name.startsWith("wrong"))).toEqual([]);
  });
});
