import type { Command } from "commander";
import { repairVault } from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { run } from "../context.ts";
import { report, table } from "../output.ts";
import type { Text } from "../text.ts";
import { scopeOf } from "./verify.ts";

interface Options {
  tables?: string;
  symbols?: string;
  from?: string;
  to?: string;
  check?: string;
  yes?: boolean;
}

type Report = Awaited<ReturnType<typeof repairVault>>;
type Outcome = Report["steps"][number]["outcome"];

export function registerRepair(program: Command, text: Text): void {
  program
    .command("repair")
    .description(text.describe.repair)
    .option("--tables <names>", "only checks on these tables, comma-separated")
    .option("--symbols <codes>", "only these symbols, comma-separated")
    .option("--from <date>", "from this trading date, YYYY-MM-DD")
    .option("--to <date>", "to this trading date")
    .option("--check <names>", "only these checks, comma-separated")
    .option("--yes", "do it; without it only the plan is shown")
    .action((_options, command: Command) =>
      run(command, async ({ output, withVault }) => {
        const { check, yes, ...scope } = command.opts<Options>();
        const repaired = await withVault((vault) =>
          repairVault(vault, {
            plan: yes !== true,
            scope: scopeOf(scope),
            ...(check === undefined ? {} : { checks: check.split(",") }),
          }),
        );
        report(output, repaired, (all) => repairText(all, yes === true, text));
        const healthy = (repaired.after ?? repaired.before).passed;
        return healthy ? EXIT_CODES.ok : EXIT_CODES.verificationFailed;
      }),
    );
}

function repairText(repaired: Report, done: boolean, text: Text): string {
  if (repaired.before.passed) return text.repair.nothing;
  const rows = repaired.steps.map(({ check, what, outcome }) => [check, what, outcomeText(outcome, text)]);
  return [table(text.repair.head, rows), ...(done ? [] : [text.repair.confirm])].join("\n");
}

function outcomeText(outcome: Outcome, text: Text): string {
  switch (outcome.kind) {
    case "planned":
      return text.repair.planned;
    case "done":
      return text.repair.done(outcome.changed);
    case "cannot":
      return text.repair.cannot(outcome.why);
    case "failed":
      return text.repair.failed(outcome.error);
    default:
      return outcome satisfies never;
  }
}
