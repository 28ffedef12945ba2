/** The language of help texts, which are made before options are parsed: --lang, OBSERVER_LANG, the locale. */
export function languageOf(
  argv: readonly string[],
  environment: Readonly<Record<string, string | undefined>>,
): "en" | "ko" {
  const position = argv.indexOf("--lang");
  const asked = position === -1 ? environment.OBSERVER_LANG : argv[position + 1];
  const locale = environment.LC_ALL ?? environment.LC_MESSAGES ?? environment.LANG ?? "";
  return asked === "ko" || (asked === undefined && locale.startsWith("ko")) ? "ko" : "en";
}
