import { expect, test } from "vitest";
import { languageOf } from "./language.ts";

const KOREAN = { LANG: "ko_KR.UTF-8" };

test.each([
  [["demo", "--lang", "ko"], {}, "ko"],
  [["--lang=ko", "demo"], {}, "ko"],
  [["--lang", "en"], KOREAN, "en"],
  [["--lang=en"], { OBSERVER_LANG: "ko" }, "en"],
  [[], { OBSERVER_LANG: "ko" }, "ko"],
  [[], { OBSERVER_LANG: "en", ...KOREAN }, "en"],
  [[], { OBSERVER_LANG: "", ...KOREAN }, "ko"],
  [[], { LC_ALL: "", ...KOREAN }, "ko"],
  [[], { LC_ALL: "C.UTF-8", ...KOREAN }, "en"],
  [[], {}, "en"],
] as const)("%j with %j speaks %s", (argv, environment, language) => {
  expect(languageOf(argv, environment)).toBe(language);
});
