import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { LineSplitter, type LineSplitterOptions } from "./line-splitter.ts";

type Seen =
  | { text: string; lineNumber: number; offset: number }
  | { tooLong: number; head: string; lineNumber: number; offset: number };

function split(chunks: readonly Buffer[], options: LineSplitterOptions = {}) {
  const seen: Seen[] = [];
  const splitter = new LineSplitter(options);
  const sink = {
    line: (bytes: Buffer, start: number, end: number, lineNumber: number, offset: number) =>
      void seen.push({ text: bytes.toString("latin1", start, end), lineNumber, offset }),
    tooLong: (head: Buffer, tooLong: number, lineNumber: number, offset: number) =>
      void seen.push({ tooLong, head: head.toString("latin1"), lineNumber, offset }),
  };
  for (const chunk of chunks) splitter.push(chunk, sink);
  const beforeEnd = { nextOffset: splitter.nextOffset, pendingBytes: splitter.pendingBytes };
  splitter.end(sink);
  return { seen, splitter, beforeEnd };
}
const splitText = (text: string, options?: LineSplitterOptions) => split([Buffer.from(text)], options);

test("LF, CRLF, empty lines, no final line feed", () => {
  const { seen, splitter, beforeEnd } = splitText("a\nbb\r\n\n\r\nccc");
  expect(seen).toEqual([
    { text: "a", lineNumber: 1, offset: 0 },
    { text: "bb", lineNumber: 2, offset: 2 },
    { text: "ccc", lineNumber: 5, offset: 9 },
  ]);
  expect([splitter.lines, splitter.emptyLines]).toEqual([5, 2]);
  expect(beforeEnd).toEqual({ nextOffset: 9, pendingBytes: 3 });
});

test("an empty file has no lines", () => {
  expect(splitText("").splitter.lines).toBe(0);
});

test("a byte order mark is skipped at the start of the file and only there", () => {
  expect(splitText("\ufeffa\n").seen).toEqual([{ text: "a", lineNumber: 1, offset: 3 }]);
  expect(splitText("a\n\ufeffb").seen[1]).toMatchObject({ text: "\u00ef\u00bb\u00bfb" });
  expect(splitText("\ufeffa", { startOffset: 10 }).seen[0]).toMatchObject({
    text: "\u00ef\u00bb\u00bfa",
    offset: 10,
  });
  expect(splitText("\ufeff\n").splitter.emptyLines).toBe(1);
});

test("reading resumes with the offsets and numbers of the whole file", () => {
  const { seen } = splitText("c\nd\n", { startOffset: 100, linesBefore: 7 });
  expect(seen).toEqual([
    { text: "c", lineNumber: 8, offset: 100 },
    { text: "d", lineNumber: 9, offset: 102 },
  ]);
});

describe("a line longer than the limit", () => {
  const options = { maxLineBytes: 10, keptHeadBytes: 4 };
  test("is reported with its head and length, and the next one is whole again", () => {
    const expected = [
      { text: "ok", lineNumber: 1, offset: 0 },
      { tooLong: 26, head: "abcd", lineNumber: 2, offset: 3 },
      { text: "0123456789", lineNumber: 3, offset: 30 },
    ];
    const bytes = Buffer.from("ok\nabcdefghijklmnopqrstuvwxyz\n0123456789\n");
    expect(split([bytes], options).seen).toEqual(expected);
    expect(
      split(
        [...bytes].map((byte) => Buffer.from([byte])),
        options,
      ).seen,
    ).toEqual(expected);
  });

  test("also as the unfinished end of a file", () => {
    expect(splitText("abcdefghijk", options).seen).toEqual([
      { tooLong: 11, head: "abcd", lineNumber: 1, offset: 0 },
    ]);
  });

  test("of 100 MB costs no memory", () => {
    const chunk = Buffer.alloc(64 * 1024, "x");
    const splitter = new LineSplitter();
    const lengths: number[] = [];
    const sink = {
      line: () => {},
      tooLong: (_head: Buffer, totalBytes: number) => void lengths.push(totalBytes),
    };
    const before = process.memoryUsage().arrayBuffers;
    for (let i = 0; i < 1600; i++) splitter.push(chunk, sink);
    const grown = process.memoryUsage().arrayBuffers - before;
    splitter.push(Buffer.from("\n"), sink);
    expect(lengths).toEqual([1600 * 64 * 1024]);
    // The buffer for a line across chunks, in each of the sizes it had until the limit of 1 MiB.
    expect(grown).toBeLessThan(3 * 1024 * 1024);
  });
});

test("a line inside a chunk is handed over where it lies, without a copy", () => {
  const chunk = Buffer.from("aa\nbb\ncc");
  const owners: Buffer[] = [];
  const sink = { line: (bytes: Buffer) => void owners.push(bytes), tooLong: () => {} };
  const splitter = new LineSplitter();
  splitter.push(chunk, sink);
  splitter.push(Buffer.from("c\ndd\n"), sink);
  expect(owners.map((owner) => owner === chunk)).toEqual([true, true, false, false]);
});

test("however the bytes are cut, the lines are those of the whole text", () => {
  const bytes = fc
    .array(fc.constantFrom("a", "bc", "\n", "\r", "\r\n", "\ufeff", "x".repeat(15)), { maxLength: 60 })
    .map((parts) => Buffer.from(parts.join("")));
  fc.assert(
    fc.property(bytes, fc.array(fc.nat(200), { maxLength: 10 }), (whole, cuts) => {
      const places = [0, ...cuts.filter((cut) => cut < whole.length).sort((a, b) => a - b), whole.length];
      const chunks = places.slice(1).map((place, i) => whole.subarray(places[i], place));
      const options = { maxLineBytes: 20, keptHeadBytes: 5 };
      const { seen, splitter } = split(chunks, options);
      expect(seen).toEqual(naive(whole));
      expect(splitter.nextOffset).toBeGreaterThanOrEqual(whole.length);
      for (const found of seen)
        if ("text" in found) expect(whole.toString("latin1", found.offset).startsWith(found.text)).toBe(true);
    }),
    { numRuns: 1000 },
  );

  function naive(whole: Buffer): Seen[] {
    const lines = whole.toString("latin1").split("\n");
    if (lines.at(-1) === "") lines.pop();
    let offset = 0;
    return lines.flatMap((line, index): Seen[] => {
      const lineNumber = index + 1;
      const from = offset;
      offset += line.length + 1;
      if (line.length > 20)
        return [{ tooLong: line.length, head: line.slice(0, 5), lineNumber, offset: from }];
      const mark = from === 0 && line.startsWith("\u00ef\u00bb\u00bf") ? 3 : 0;
      const text = line.slice(mark).replace(/\r$/, "");
      return text === "" ? [] : [{ text, lineNumber, offset: from + mark }];
    });
  }
});
