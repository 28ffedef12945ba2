import type { Command } from "commander";
import { type Config, openVault, readConfig, type Settings, type Vault } from "../app/index.ts";
import { EXIT_CODES } from "../errors/index.ts";
import { type Output, terminalOutput } from "./output.ts";
import { TEXTS, type Text } from "./text.ts";

/** What every command is given: settings, a place to write, and a signal that Ctrl-C aborts. */
export interface Context {
  readonly config: Config;
  readonly settings: Settings;
  readonly output: Output;
  readonly text: Text;
  readonly signal: AbortSignal;
  /** Runs `act` while Ctrl-C is for another program on the terminal, which gets it as well. */
  lendingTerminal<T>(act: () => Promise<T>): Promise<T>;
  /** Opens the database, runs `act`, and closes it whatever happens. */
  withVault<T>(act: (vault: Vault) => Promise<T>): Promise<T>;
}

interface GlobalOptions {
  json?: boolean;
  lang?: "en" | "ko";
  home?: string;
}

/** Reads settings and global options, and runs the command; its exit code becomes the process's. */
export async function run(
  command: Command,
  act: (context: Context) => Promise<number | undefined>,
): Promise<void> {
  const { json, lang, home } = command.optsWithGlobals<GlobalOptions>();
  const environment = {
    ...process.env,
    ...(lang === undefined ? {} : { OBSERVER_LANG: lang }),
    ...(home === undefined ? {} : { OBSERVER_HOME: home }),
  };
  const config = readConfig(environment, process.cwd());
  const { settings } = config;
  const output = terminalOutput({ json: json === true, language: settings.language });
  const interrupt = new AbortController();
  let isTerminalLent = false;
  const onInterrupt = (signal: NodeJS.Signals) => {
    if (isTerminalLent && signal === "SIGINT") return;
    if (interrupt.signal.aborted) process.exit(EXIT_CODES.interrupted);
    output.note(TEXTS[settings.language].interrupting);
    interrupt.abort();
  };
  process.on("SIGINT", onInterrupt);
  process.on("SIGTERM", onInterrupt);
  try {
    const code = await act({
      config,
      settings,
      output,
      text: TEXTS[settings.language],
      signal: interrupt.signal,
      lendingTerminal: async (useTerminal) => {
        isTerminalLent = true;
        try {
          return await useTerminal();
        } finally {
          isTerminalLent = false;
        }
      },
      withVault: async (useVault) => {
        const vault = await openVault({ settings, log: output.note });
        try {
          return await useVault(vault);
        } finally {
          await vault.close();
        }
      },
    });
    process.exitCode = code ?? 0;
  } catch (error) {
    // Work that cannot say how far it came ends with the signal's reason.
    if (!interrupt.signal.aborted || error !== interrupt.signal.reason) throw error;
    process.exitCode = EXIT_CODES.interrupted;
  } finally {
    process.off("SIGINT", onInterrupt);
    process.off("SIGTERM", onInterrupt);
  }
}
