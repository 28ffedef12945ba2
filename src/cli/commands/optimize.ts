import { type Command, InvalidArgumentError, Option } from "commander";
import { type OptimizeRequest, optimize } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { percent, report, table } from "../output.ts";
import type { Text } from "../text.ts";

interface Options {
  symbols?: string[];
  from?: string;
  to?: string;
  entry?: number[];
  exit?: number[];
  hold?: number[];
  mode?: ("mean_reversion" | "momentum")[];
  direction?: "long" | "short" | "both";
  fill?: "signal_close" | "next_open";
  costs?: string;
  minTrades?: number;
  top: number;
}

type Result = Awaited<ReturnType<typeof optimize>>;

export function registerOptimize(program: Command, text: Text): void {
  program
    .command("optimize")
    .description(text.describe.optimize)
    .addOption(new Option("--engine <engine>", "sql: inside the database").choices(["sql"]).default("sql"))
    .option("--symbols <codes>", "comma-separated; all unless given", list)
    .option("--from <date>", "first trading date, YYYY-MM-DD; the first bar's unless given")
    .option("--to <date>", "last trading date; the last bar's unless given")
    .option("--entry <percents>", "entry thresholds in percent, comma-separated", percents)
    .option("--exit <percents>", "exit thresholds in percent, each below its entry threshold", percents)
    .option("--hold <bars>", "longest holds in 10-minute bars, comma-separated", numbers)
    .option("--mode <modes>", "mean_reversion, momentum, or both comma-separated", modes)
    .addOption(new Option("--direction <direction>", "which side to take").choices(["long", "short", "both"]))
    .addOption(new Option("--fill <fill>", "where entries are filled").choices(["signal_close", "next_open"]))
    .option("--costs <preset>", 'commission preset with its taxes, or "none"')
    .option("--min-trades <count>", "candidates with fewer are not ranked", count)
    .option("--top <count>", "how many candidates to print", count, 20)
    .action((_options, command: Command) =>
      run(command, async ({ output, signal, withVault }) => {
        const options = command.opts<Options>();
        const result = await withVault((vault) => optimize(vault, requestOf(options, signal)));
        report(output, { ...result, ranked: result.ranked.slice(0, options.top) }, (shown) =>
          words(shown, text),
        );
        return EXIT_CODES.ok;
      }),
    );
}

function requestOf(options: Options, signal: AbortSignal): OptimizeRequest {
  const { symbols, from, to, entry, exit, hold, mode, direction, fill, costs, minTrades } = options;
  return {
    signal,
    ...(symbols === undefined ? {} : { symbols }),
    ...(from === undefined ? {} : { from }),
    ...(to === undefined ? {} : { to }),
    ...(entry === undefined ? {} : { entryThresholds: entry }),
    ...(exit === undefined ? {} : { exitThresholds: exit }),
    ...(hold === undefined ? {} : { holdBars: hold }),
    ...(mode === undefined ? {} : { modes: mode }),
    ...(direction === undefined ? {} : { directions: direction }),
    ...(fill === undefined ? {} : { fill }),
    ...(costs === undefined ? {} : { costs }),
    ...(minTrades === undefined ? {} : { minTrades }),
  };
}

function words(result: Result, text: Text): string {
  const t = text.optimize;
  const lines = [
    t.run(result.runId, result.configHash, result.inputFingerprint),
    t.counts(result.trials, result.symbols, result.earlierTrials),
    "",
    table(
      t.head,
      result.ranked.map((one) => [
        one.rank,
        one.symbol,
        t.rules[one.mode],
        percent(one.entry_threshold, 1),
        percent(one.exit_threshold, 1),
        t.bars(one.hold_bars),
        one.trades,
        fraction(one.win_rate, 1),
        fraction(one.avg_return, 3),
        fraction(one.total_return, 2),
        significant(one.t_statistic),
        significant(one.p_value),
        significant(one.p_adjusted),
      ]),
    ),
    "",
    result.verdict,
  ];
  if (result.withoutBars.length > 0) lines.push(t.withoutBars(result.withoutBars));
  if (result.assumedInstruments.length > 0) lines.push(t.assumed(result.assumedInstruments));
  if (result.equalRun !== null) lines.push(t.equalRun(result.equalRun.runId, result.equalRun.identical));
  return lines.join("\n");
}

export function fraction(value: number | null, digits: number): string {
  return value === null ? "–" : percent(value, digits);
}

export function significant(value: number | null): string {
  return value === null ? "–" : value.toPrecision(3);
}

function list(value: string): string[] {
  return value.split(",").map((part) => part.trim());
}

function numbers(value: string): number[] {
  return list(value).map((part) => {
    const number = Number(part);
    if (part === "" || !Number.isFinite(number)) throw new InvalidArgumentError(`"${part}" is not a number.`);
    return number;
  });
}

/** Percent for people, fractions inside; rounded so that 0.7 % is 0.007 and not its neighbour. */
function percents(value: string): number[] {
  return numbers(value).map((percent) => Math.round(percent * 1e8) / 1e10);
}

function count(value: string): number {
  const [number] = numbers(value);
  if (number === undefined || !Number.isInteger(number) || number < 1) {
    throw new InvalidArgumentError("give a whole number from 1.");
  }
  return number;
}

function modes(value: string): ("mean_reversion" | "momentum")[] {
  return list(value).map((part) => {
    if (part !== "mean_reversion" && part !== "momentum") {
      throw new InvalidArgumentError(`"${part}" is neither mean_reversion nor momentum.`);
    }
    return part;
  });
}
