import { Command, Option } from "commander";
import { packageVersion } from "../app/index.ts";
import { registerBackfill } from "./commands/backfill.ts";
import { registerBars } from "./commands/bars.ts";
import { registerConfig } from "./commands/config.ts";
import { registerDb } from "./commands/db.ts";
import { registerDemo } from "./commands/demo.ts";
import { registerImport } from "./commands/import.ts";
import { registerOptimize } from "./commands/optimize.ts";
import { registerRepair } from "./commands/repair.ts";
import { registerRollback } from "./commands/rollback.ts";
import { registerVerify } from "./commands/verify.ts";
import { TEXTS } from "./text.ts";

/** The whole command line, its help in one language. Nothing runs until it is given arguments. */
export function buildProgram(language: "en" | "ko"): Command {
  const text = TEXTS[language];
  const program = new Command("observer")
    .description(text.describe.program)
    .version(packageVersion())
    .addOption(new Option("--json", text.describe.json))
    .addOption(new Option("--lang <language>", text.describe.lang).choices(["en", "ko"]))
    .addOption(new Option("--home <folder>", text.describe.home))
    .addOption(new Option("--debug", text.describe.debug))
    .exitOverride()
    .showHelpAfterError(text.seeHelp)
    .showSuggestionAfterError();
  for (const register of [
    registerDemo,
    registerBackfill,
    registerImport,
    registerBars,
    registerVerify,
    registerRepair,
    registerRollback,
    registerOptimize,
    registerDb,
    registerConfig,
  ])
    register(program, text);
  return program;
}
