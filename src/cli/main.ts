#!/usr/bin/env node
import { Command, Option } from "commander";
import { packageVersion } from "../app/index.ts";
import { registerBackfill } from "./commands/backfill.ts";
import { registerConfig } from "./commands/config.ts";
import { registerDb } from "./commands/db.ts";
import { registerDemo } from "./commands/demo.ts";
import { registerOptimize } from "./commands/optimize.ts";
import { registerVerify } from "./commands/verify.ts";
import { failWith } from "./failure.ts";
import { languageOf } from "./language.ts";
import { TEXTS } from "./text.ts";

// A reader that closes early (`observer … | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const language = languageOf(process.argv, process.env);
const text = TEXTS[language];
const program = new Command("observer")
  .description(text.describe.program)
  .version(packageVersion())
  .addOption(new Option("--json", text.describe.json))
  .addOption(new Option("--lang <language>", text.describe.lang).choices(["en", "ko"]))
  .addOption(new Option("--home <folder>", text.describe.home))
  .addOption(new Option("--debug", text.describe.debug))
  .showHelpAfterError()
  .showSuggestionAfterError();

for (const register of [
  registerDemo,
  registerBackfill,
  registerVerify,
  registerOptimize,
  registerDb,
  registerConfig,
])
  register(program, text);

try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = failWith(error, { text, debug: program.opts<{ debug?: boolean }>().debug === true });
}
