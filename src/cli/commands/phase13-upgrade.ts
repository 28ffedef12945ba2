import { createInterface } from "node:readline/promises";
import {
  clockMs,
  planDatabaseUpgrade,
  type UpgradeEvent,
  type UpgradePlan,
  type UpgradeReport,
  upgradeDatabase,
} from "../../app/index.ts";
import { EXIT_CODES, type ObserverError } from "../../errors/index.ts";
import type { Context } from "../context.ts";
import { number, report, seconds, table } from "../output.ts";
import type { Text } from "../text.ts";

/** How often a long copy says where it is. */
const SAY_INTERVAL_MS = 5_000;

/**
 * Shows what the upgrade from Phase 13 will do and, told or asked to, does it. Without a terminal and without --yes it
 * fails with what `migrate` said.
 */
export async function upgradeFromPhase13(
  context: Context,
  yes: boolean,
  refusal: ObserverError,
): Promise<number> {
  const { settings, output, text, signal } = context;
  const vault = { settings, log: output.note };
  if (!yes) {
    output.note(planText(await planDatabaseUpgrade(vault), text));
    if (output.json || !process.stdin.isTTY || !process.stderr.isTTY) throw refusal;
    if (!(await isConfirmed(text, signal))) return EXIT_CODES.interrupted;
  }
  const upgraded = await upgradeDatabase(vault, { signal, onProgress: narrator(context) });
  report(output, upgraded, (all) => reportText(all, text));
  return upgraded.kind === "interrupted" ? EXIT_CODES.interrupted : EXIT_CODES.ok;
}

export function planText(plan: UpgradePlan, text: Text): string {
  const { phase13 } = text.db;
  const rows = plan.tables
    .filter((row) => row.rows > 0)
    .map((row) => [row.name, row.rows, row.read, phase13.states[row.state]]);
  const named = (say: (names: string) => string, names: readonly string[]) =>
    names.length === 0 ? [] : [say(names.join(", "))];
  return [
    phase13.found,
    ...phase13.steps,
    table(phase13.planHead, rows),
    ...named(phase13.leftBehind, plan.columnsLeftBehind),
    ...named(phase13.dependents, plan.dependentViews),
    ...named(phase13.sessions, plan.otherSessions),
    phase13.estimate(seconds(plan.estimatedSeconds)),
  ].join("\n");
}

async function isConfirmed(text: Text, signal: AbortSignal): Promise<boolean> {
  const terminal = createInterface({ input: process.stdin, output: process.stderr });
  try {
    return /^(y|yes|예|네)$/i.test((await terminal.question(text.db.phase13.confirm, { signal })).trim());
  } catch (cause) {
    if (signal.aborted) return false;
    throw cause;
  } finally {
    terminal.close();
  }
}

/** Says each step once, and of a long copy now and then how far it is. */
function narrator({ output, text }: Context): (event: UpgradeEvent) => void {
  const { phase13 } = text.db;
  let saidMs = clockMs();
  return (event) => {
    switch (event.kind) {
      case "moved":
        return output.note(phase13.moved);
      case "migrated":
        return output.note(text.db.applied(event.applied));
      case "compared":
        return output.note(phase13.compared(event.table));
      case "copied":
        if (event.table.state === "waiting" && clockMs() - saidMs < SAY_INTERVAL_MS) return;
        saidMs = clockMs();
        return output.note(phase13.copying(event.table.table, number(event.table.read)));
      default:
        return event satisfies never;
    }
  };
}

function reportText(upgraded: UpgradeReport, text: Text): string {
  const { phase13 } = text.db;
  const rows = upgraded.tables
    .filter(({ read }) => read > 0)
    .map((row) => [row.table, row.read, row.copied, row.duplicates, row.refused, phase13.states[row.state]]);
  const changes = upgraded.tables.flatMap(({ table: name, changes }) =>
    Object.entries(changes).map(([change, count]) => `${name}: ${change} (${number(count)})`),
  );
  return [
    table(phase13.reportHead, rows),
    ...changes,
    ...(upgraded.tables.some(({ refused }) => refused > 0) ? [phase13.refusedHint] : []),
    upgraded.kind === "interrupted" ? phase13.interrupted : phase13.done,
  ].join("\n");
}
