import type { Command } from "commander";
import { buildAllBars } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { number, report } from "../output.ts";
import type { Text } from "../text.ts";

interface Options {
  from: string;
  to: string;
  symbols?: string;
}

export function registerBars(program: Command, text: Text): void {
  program
    .command("bars")
    .description(text.describe.bars)
    .command("build")
    .description(text.describe.barsBuild)
    .requiredOption("--from <date>", "first trading date, YYYY-MM-DD")
    .requiredOption("--to <date>", "last trading date")
    .option("--symbols <codes>", "only these symbols, comma-separated")
    .action((options: Options, command: Command) =>
      run(command, async ({ output, signal, withVault }) => {
        const { from, to, symbols } = options;
        const built = await withVault((vault) =>
          buildAllBars(vault, {
            from,
            to,
            signal,
            ...(symbols === undefined ? {} : { symbols: symbols.split(",") }),
          }),
        );
        report(output, built, ({ minutes, tenMinutes }) =>
          text.bars.built(
            number(minutes.minutes),
            minutes.days,
            number(tenMinutes.inserted + tenMinutes.updated),
          ),
        );
        return built.minutes.interrupted || built.tenMinutes.interrupted
          ? EXIT_CODES.interrupted
          : EXIT_CODES.ok;
      }),
    );
}
