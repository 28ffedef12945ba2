#!/usr/bin/env node
import { failWith } from "./failure.ts";
import { languageOf } from "./language.ts";
import { buildProgram } from "./program.ts";
import { TEXTS } from "./text.ts";

// A reader that closes early (`observer … | head`) is no error.
process.stdout.on("error", (error: NodeJS.ErrnoException) => {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
});

const language = languageOf(process.argv, process.env);
const program = buildProgram(language);
try {
  await program.parseAsync();
} catch (error) {
  process.exitCode = failWith(error, {
    text: TEXTS[language],
    debug: program.opts<{ debug?: boolean }>().debug === true,
  });
}
