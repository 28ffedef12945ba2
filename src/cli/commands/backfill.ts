import type { Command } from "commander";
import { type LoadSummary, loadRoot, nowUs } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { report, seconds, table } from "../output.ts";
import { loadProgress, type Progress } from "../progress.ts";
import type { Text } from "../text.ts";

export function registerBackfill(program: Command, text: Text): void {
  program
    .command("backfill")
    .description(text.describe.backfill)
    .argument("<folder>", "data root with scalp/, swing/ and system/")
    .action((folder: string, _options, command: Command) =>
      run(command, async ({ settings, output, signal, withVault }) => {
        let progress: Progress | undefined;
        const summary = await withVault((vault) =>
          loadRoot(vault, settings, folder, {
            signal,
            onStage: (stage) => {
              progress?.stop();
              output.note(stage === "load" ? text.backfill.loading : text.backfill.deriving);
            },
            onProgress: ({ totalBytes, doneBytes, lines, files, filesDone }) => {
              progress ??= loadProgress(totalBytes, output.json, () => nowUs() / 1000);
              progress.update(doneBytes, { lines, files: `${filesDone}/${files}` });
            },
          }),
        );
        progress?.stop();
        report(output, summary, (loaded) => summaryText(loaded, text));
        return exitCodeOf(summary);
      }),
    );
}

export function exitCodeOf({ loaded }: LoadSummary): number {
  if (loaded.interrupted) return EXIT_CODES.interrupted;
  const incomplete = loaded.files.some(
    ({ outcome }) => outcome.kind === "failed" || outcome.kind === "changed",
  );
  return incomplete ? EXIT_CODES.incomplete : EXIT_CODES.ok;
}

export function summaryText(summary: LoadSummary, text: Text): string {
  const { loaded } = summary;
  const lines = [table(text.backfill.head, rowsByKind(loaded.files, text))];
  for (const { path, outcome } of loaded.files) {
    if (outcome.kind === "failed") {
      lines.push(text.backfill.problem(path, outcome.code, `${outcome.message}\n  ${outcome.mend}`));
    }
    if (outcome.kind === "changed") {
      const mend = `observer rollback file ${path}   removes what was loaded of it; then load it again.`;
      lines.push(text.backfill.problem(path, "changed", `${outcome.detail}\n  ${mend}`));
    }
  }
  if (loaded.interrupted) lines.push(text.backfill.interrupted);
  else if (loaded.files.every(({ outcome }) => outcome.kind === "unchanged" || outcome.kind === "known")) {
    lines.push(text.backfill.nothingNew);
  }
  if (loaded.files.some(({ outcome }) => outcome.kind === "loaded" && outcome.rejects > 0)) {
    lines.push(text.backfill.rejectsHint);
  }
  lines.push(text.backfill.took(seconds(summary.loadSeconds), seconds(summary.deriveSeconds)));
  return lines.join("\n");
}

function rowsByKind(files: LoadSummary["loaded"]["files"], text: Text): (string | number)[][] {
  const kinds = new Map<string, number[]>();
  for (const { dataset, outcome } of files) {
    const sums = kinds.get(dataset) ?? [0, 0, 0, 0, 0, 0, 0, 0];
    kinds.set(dataset, sums);
    add(sums, 0, 1);
    if (outcome.kind === "failed" || outcome.kind === "changed") add(sums, 7, 1);
    if (outcome.kind !== "loaded") continue;
    const { lines, rows, duplicates, updated, rejects } = outcome;
    for (const [index, value] of [1, lines, rows, duplicates, updated, rejects].entries())
      add(sums, index + 1, value);
  }
  return [...kinds].map(([dataset, sums]) => [
    text.backfill.kinds[dataset as keyof Text["backfill"]["kinds"]],
    ...sums,
  ]);
}

function add(sums: number[], index: number, value: number): void {
  sums[index] = (sums[index] ?? 0) + value;
}
