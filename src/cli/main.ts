#!/usr/bin/env node
import { CommanderError } from "commander";
import { EXIT_CODES } from "../errors/index.ts";
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
  // Commander has printed the help asked for, or what is wrong with the words it was given.
  if (error instanceof CommanderError) {
    process.exitCode = error.exitCode === 0 ? EXIT_CODES.ok : EXIT_CODES.usage;
  } else {
    process.exitCode = failWith(error, {
      text: TEXTS[language],
      debug: program.opts<{ debug?: boolean }>().debug === true,
    });
  }
}
