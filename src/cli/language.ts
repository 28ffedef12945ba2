import { localeLanguage } from "../app/index.ts";

const OPTION = "--lang";

/** The language of help texts, which are made before options are parsed: --lang, OBSERVER_LANG, the locale. */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): "en" | "ko" {
  const position = argv.indexOf(OPTION);
  const joined = argv.find((word) => word.startsWith(`${OPTION}=`))?.slice(OPTION.length + 1);
  const option = position === -1 ? joined : argv[position + 1];
  const asked = option ?? (environment.OBSERVER_LANG || localeLanguage(environment));
  return asked === "ko" ? "ko" : "en";
}
