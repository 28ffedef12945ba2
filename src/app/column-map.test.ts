import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, onTestFinished, test } from "vitest";
import { isObserverError } from "../errors/index.ts";
import { EXAMPLE_MAP, PRESET_NAMES, parseColumnMap, presetMap, readColumnMap } from "./column-map.ts";

function faultOf(value: unknown): string {
  try {
    parseColumnMap("mine.json", value);
  } catch (error) {
    if (isObserverError(error) && error.code === "OBS_CSV_MAP") return `${error.message}\n${error.mend}`;
    throw error;
  }
  return "";
}

describe("column maps", () => {
  test("every preset is a map that users could have written", () => {
    for (const preset of PRESET_NAMES)
      expect(parseColumnMap(preset, presetMap(preset))).toEqual(presetMap(preset));
  });

  test("the example is one", () => {
    expect(parseColumnMap("mine.json", EXAMPLE_MAP)).toEqual({ ...EXAMPLE_MAP, name: "mine.json" });
  });

  test("all problems are told at once, with a map that works", () => {
    const { close: _, ...closeless } = EXAMPLE_MAP;
    const fault = faultOf({
      ...closeless,
      open: "",
      volume: 5,
      barMinutes: 30,
      stamp: "middle",
      colour: "red",
      zone: "Mars/Olympus",
      delimiter: ";;",
      value: "amount",
      cumulativeValue: "amount",
      bid: "bid",
    });
    for (const problem of [
      "mine.json",
      "close: is missing",
      "open: must name a column",
      "volume: must be a text",
      'barMinutes: must be 1, 5, 10 or "day"',
      'stamp: must be "start" or "end"',
      "unknown: colour (known: name, symbol,",
      'no time zone is called "Mars/Olympus"',
      "the delimiter is not one character",
      "both value and cumulativeValue are named",
      "bid and ask are kept with 10-minute bars only",
      JSON.stringify(EXAMPLE_MAP, null, 2),
    ])
      expect(fault).toContain(problem);
  });

  test.each([
    ["no time", { ...EXAMPLE_MAP, time: undefined }, "neither a timestamp column nor date and time columns"],
    ["no object", [1, 2], "expected object"],
    ["null", null, "expected object"],
  ])("%s", (_what, value, problem) => {
    expect(faultOf(value)).toContain(problem);
  });

  test("quotes with ten-minute bars, a day without a time", () => {
    expect(faultOf({ ...EXAMPLE_MAP, barMinutes: 10, bid: "bid", ask: "ask" })).toBe("");
    const { time: _, ...timeless } = EXAMPLE_MAP;
    expect(faultOf({ ...timeless, barMinutes: "day" })).toBe("");
  });

  test("a file that is not there, or no JSON", () => {
    const folder = mkdtempSync(join(tmpdir(), "observer-map-"));
    onTestFinished(() => rmSync(folder, { recursive: true }));
    const path = join(folder, "map.json");
    expect(() => readColumnMap(path)).toThrow(/cannot read the column map .*ENOENT/);
    writeFileSync(path, "{ symbol: code }");
    expect(() => readColumnMap(path)).toThrow(/cannot read the column map .*JSON/);
    writeFileSync(path, JSON.stringify(EXAMPLE_MAP));
    expect(readColumnMap(path)).toEqual({ ...EXAMPLE_MAP, name: path });
  });
});
