import { expect, test } from "vitest";
import { ByteInterner } from "./byte-interner.ts";

const bytes = Buffer.from("onetwotenlonger");

test("texts of one hash are told apart by their bytes", () => {
  const texts = new ByteInterner((text) => text);
  const read = (start: number, end: number) => texts.meaning(bytes, start, end, 7);
  for (let round = 0; round < 2; round++)
    expect([read(0, 3), read(3, 6), read(6, 9), read(9, 15), read(0, 2)]).toEqual([
      "one",
      "two",
      "ten",
      "longer",
      "on",
    ]);
});

test("a text seen before costs no string, a refused one is asked about again", () => {
  const asked: string[] = [];
  const texts = new ByteInterner((text) => {
    asked.push(text);
    return text === "one" ? 1 : undefined;
  });
  const read = (start: number, end: number) => texts.meaning(bytes, start, end, start);
  expect([read(0, 3), read(0, 3), read(3, 6), read(3, 6)]).toEqual([1, 1, undefined, undefined]);
  expect(asked).toEqual(["one", "two", "two"]);
});

test("a text longer than any column is refused", () => {
  const long = Buffer.alloc(51, "x");
  expect(new ByteInterner((text) => text).meaning(long, 0, 51, 1)).toBeUndefined();
});
