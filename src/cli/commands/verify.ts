import type { Command } from "commander";
import { verifyVault } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { report, seconds, table } from "../output.ts";
import type { Text } from "../text.ts";

interface Options {
  tables?: string;
  symbols?: string;
  from?: string;
  to?: string;
  check?: string;
  files?: boolean;
}

const SHOWN_SAMPLES = 5;

type Report = Awaited<ReturnType<typeof verifyVault>>;

export function registerVerify(program: Command, text: Text): void {
  program
    .command("verify")
    .description(text.describe.verify)
    .option("--tables <names>", "only checks on these tables, comma-separated")
    .option("--symbols <codes>", "only these symbols, comma-separated")
    .option("--from <date>", "from this trading date, YYYY-MM-DD")
    .option("--to <date>", "to this trading date")
    .option("--files", "also compare the ledger with the files on disk")
    .option("--check <names>", "only these checks, comma-separated")
    .action((_options, command: Command) =>
      run(command, async ({ output, withVault }) => {
        const { check, ...scope } = command.opts<Options>();
        const verified = await withVault((vault) =>
          verifyVault(vault, {
            scope: scopeOf(scope),
            ...(check === undefined ? {} : { checks: check.split(",") }),
            onProgress: (progress) => {
              if (progress.check !== null)
                output.note(`${progress.done + 1}/${progress.total} ${progress.check}`);
            },
          }),
        );
        report(output, verified, (all) => verifyText(all, text));
        return verified.passed ? EXIT_CODES.ok : EXIT_CODES.verificationFailed;
      }),
    );
}

export function scopeOf(options: Omit<Options, "check">) {
  const { tables, symbols, from, to, files } = options;
  return {
    ...(tables === undefined ? {} : { tables: tables.split(",") }),
    ...(symbols === undefined ? {} : { symbols: symbols.split(",") }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(files === undefined ? {} : { files }),
  };
}

/** Every check on a line, unless only the failures are asked for; then each failure with its rows, cause and mend. */
export function verifyText(verified: Report, text: Text, show: "all" | "failures" = "all"): string {
  const t = text.verify;
  const lines: string[] = [];
  if (show === "all") {
    const rows = verified.checks.map(({ name, area, result, seconds: took }) => [
      name,
      area,
      result.kind === "failed" ? t.failed(result.count) : t[result.kind],
      took.toFixed(2),
    ]);
    lines.push(table(t.head, rows), "");
  }
  for (const { name, question, result } of verified.checks) {
    if (result.kind !== "failed") continue;
    lines.push(`${name}: ${t.failed(result.count)}`, `  ${question}`);
    for (const row of result.samples.slice(0, SHOWN_SAMPLES)) lines.push(`  ${JSON.stringify(row)}`);
    lines.push(`  ${t.cause}: ${result.likelyCause}`, `  ${t.mend}: ${result.mend}`, "");
  }
  const failed = verified.checks.filter(({ result }) => result.kind === "failed").length;
  const took = seconds(verified.seconds);
  const total = verified.checks.length;
  lines.push(failed === 0 ? t.allPassed(total, took) : t.someFailed(failed, total, took));
  return lines.join("\n");
}
