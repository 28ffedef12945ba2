import { expect, it } from "vitest";
import { isKoreanSymbol } from "./instrument.ts";

it.each([
  ["005930", true],
  ["0099X0", true],
  ["37550K", true],
  ["00593", false],
  ["0059300", false],
  ["00593k", false],
  ["A005930", false],
  ["005930\n", false],
  ["", false],
])("%j as a Korean symbol: %s", (text, korean) => {
  expect(isKoreanSymbol(text)).toBe(korean);
});
