import type { Command } from "commander";
import { rollbackLoadedFile } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { number, report, table } from "../output.ts";
import type { Text } from "../text.ts";

type Report = Awaited<ReturnType<typeof rollbackLoadedFile>>;

export function registerRollback(program: Command, text: Text): void {
  program
    .command("rollback")
    .description(text.describe.rollback)
    .command("file")
    .description(text.describe.rollback)
    .argument("<file>", "path or number of the file, as in ingest_files")
    .option("--yes", "do it; without it only the plan is shown")
    .action((file: string, _options, command: Command) =>
      run(command, async ({ output, withVault }) => {
        const { yes } = command.opts<{ yes?: boolean }>();
        const rolledBack = await withVault((vault) => rollbackLoadedFile(vault, file, yes !== true));
        report(output, rolledBack, (all) => rollbackText(all, text));
        return EXIT_CODES.ok;
      }),
    );
}

const SHOWN_SYMBOLS = 5;

function rollbackText(file: Report, text: Text): string {
  const t = text.rollback;
  const counts = [file.path, number(file.rows), number(file.rejects)] as const;
  const days = file.days.map((day) => [day.date, day.table, symbolsText(day.symbols), day.rows]);
  return [
    file.kind === "done" ? t.done(...counts) : t.planned(...counts),
    ...(days.length > 0 ? [table(t.head, days)] : []),
    ...(file.reload.length > 0 ? [t.reload, ...file.reload.map(({ path }) => `  ${path}`)] : []),
    ...(file.kind === "done" ? [] : [text.repair.confirm]),
  ].join("\n");
}

function symbolsText(symbols: readonly string[]): string {
  const more = symbols.length - SHOWN_SYMBOLS;
  return more > 0 ? `${symbols.slice(0, SHOWN_SYMBOLS).join(" ")} +${more}` : symbols.join(" ");
}
