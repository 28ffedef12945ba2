import type { Command } from "commander";
import { type DemoReport, runDemo } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { showingLoad } from "../load-events.ts";
import { bytes, number, report, seconds, table } from "../output.ts";
import type { Text } from "../text.ts";
import { exitCodeOf, summaryText } from "./backfill.ts";
import { fraction, significant } from "./optimize.ts";
import { verifyText } from "./verify.ts";

const SHOWN_CANDIDATES = 10;

export function registerDemo(program: Command, text: Text): void {
  program
    .command("demo")
    .description(text.describe.demo)
    .action((_options, command: Command) =>
      run(command, async (context) => {
        const { settings, output, signal } = context;
        const demo = await showingLoad(context, ({ onProgress }, clear) =>
          runDemo({
            settings,
            signal,
            log: output.note,
            onStage: (stage) => {
              clear();
              output.note(`• ${text.demo.stages[stage]}`);
            },
            ...(onProgress === undefined ? {} : { onProgress }),
          }),
        );
        const shown = { ...demo, run: { ...demo.run, ranked: demo.run.ranked.slice(0, SHOWN_CANDIDATES) } };
        report(output, shown, () => demoText(demo, text));
        if (!demo.verify.passed) return EXIT_CODES.verificationFailed;
        return exitCodeOf(demo.load);
      }),
    );
}

function demoText(demo: DemoReport, text: Text): string {
  const t = text.demo;
  const { sample, run: search } = demo;
  const failed = demo.verify.checks.filter(({ result }) => result.kind === "failed").length;
  const asPlanned = (expected: number, found: number) => (expected === found ? t.yes : t.no(expected));
  return [
    "",
    t.title,
    t.sample(sample.files, number(sample.lines), bytes(sample.bytes), demo.data),
    ...(sample.kind === "present" ? [t.sampleKept] : []),
    "",
    summaryText(demo.load, text),
    "",
    table(
      t.expectHead,
      demo.expectations.map((one) => [
        t.records[one.records],
        one.rowsFound,
        asPlanned(one.rowsExpected, one.rowsFound),
        one.rejectsFound,
        asPlanned(one.rejectsExpected, one.rejectsFound),
      ]),
    ),
    "",
    failed === 0
      ? t.verified(demo.verify.checks.length, demo.verify.checks.length)
      : verifyText(demo.verify, text),
    "",
    text.optimize.run(search.runId, search.configHash, search.inputFingerprint),
    text.optimize.counts(search.trials, search.symbols, search.earlierTrials),
    t.best,
    bestTable(demo, text),
    "",
    search.verdict,
    "",
    t.done(seconds(demo.seconds)),
    ...t.next.map((line) => `  ${line.replace("HOME", demo.home)}`),
  ].join("\n");
}

function bestTable(demo: DemoReport, text: Text): string {
  const t = text.demo;
  const effects = new Map(demo.planted.map(({ symbol, effect }) => [symbol, effect]));
  return table(
    t.plantedHead,
    demo.best.slice(0, SHOWN_CANDIDATES).map((one) => {
      const effect = effects.get(one.symbol);
      return [
        one.symbol,
        text.optimize.rules[one.mode],
        fraction(one.entry_threshold, 1),
        fraction(one.exit_threshold, 1),
        one.trades,
        fraction(one.avg_return, 3),
        significant(one.t_statistic),
        significant(one.p_adjusted),
        effect === undefined || effect === null
          ? t.noise
          : t.truth(effect.kind, effect.expectedReturnBps, effect.horizonMinutes),
      ];
    }),
  );
}
