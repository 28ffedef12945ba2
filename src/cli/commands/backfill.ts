import type { Command } from "commander";
import { type LoadSummary, loadRoot } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { showingLoad } from "../load-events.ts";
import { report, seconds, table } from "../output.ts";
import type { Text } from "../text.ts";
import { verifyText } from "./verify.ts";

export function registerBackfill(program: Command, text: Text): void {
  program
    .command("backfill")
    .description(text.describe.backfill)
    .argument("<folder>", "data root with scalp/, swing/ and system/")
    .option("--no-verify", text.describe.noVerify)
    .action((folder: string, { verify }: { verify: boolean }, command: Command) =>
      run(command, async (context) => {
        const { settings, output, withVault } = context;
        const summary = await showingLoad(context, (events) =>
          withVault((vault) => loadRoot(vault, settings, folder, events, { verify })),
        );
        report(output, summary, (loaded) => summaryText(loaded, text));
        return exitCodeOf(summary);
      }),
    );
}

export function exitCodeOf(summary: LoadSummary): number {
  const { loaded, verified } = summary;
  if (wasInterrupted(summary)) return EXIT_CODES.interrupted;
  const incomplete = loaded.files.some(
    ({ outcome }) => outcome.kind === "failed" || outcome.kind === "changed",
  );
  if (incomplete) return EXIT_CODES.incomplete;
  return verified?.passed === false ? EXIT_CODES.verificationFailed : EXIT_CODES.ok;
}

/** Between two files, or in the work that depends on them. */
function wasInterrupted({ loaded, derived }: LoadSummary): boolean {
  return loaded.interrupted || derived?.interrupted === true;
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
  if (wasInterrupted(summary)) lines.push(text.backfill.interrupted);
  else if (loaded.files.every(({ outcome }) => outcome.kind === "unchanged" || outcome.kind === "known")) {
    lines.push(text.backfill.nothingNew);
  }
  if (loaded.files.some(({ outcome }) => outcome.kind === "loaded" && outcome.rejects > 0)) {
    lines.push(text.backfill.rejectsHint);
  }
  if (summary.verified !== null) lines.push("", verifyText(summary.verified, text, "failures"));
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
