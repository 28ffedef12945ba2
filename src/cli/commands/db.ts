import { type Command, Option } from "commander";
import {
  databaseStatus,
  dropLegacyTables,
  migrateDatabase,
  planDatabaseUpgrade,
  plannedMigrations,
  plannedRollback,
  rollbackMigration,
  runSql,
  startDatabase,
  stopDatabase,
} from "../../app/index.ts";
import { EXIT_CODES } from "../../errors/index.ts";
import { type Context, run } from "../context.ts";
import { type Output, report, table } from "../output.ts";
import type { Text } from "../text.ts";
import { planText, upgradeFromPhase13 } from "./phase13-upgrade.ts";

export function registerDb(program: Command, text: Text): void {
  const db = program.command("db").description(text.describe.db);
  const add = (
    name: string,
    description: string,
    act: (context: Context, command: Command) => Promise<number>,
  ) =>
    db
      .command(name)
      .description(description)
      .action((_options, command: Command) => run(command, (context) => act(context, command)));

  add("start", text.describe.dbStart, async ({ settings, output }) => {
    const started = await startDatabase({ settings, log: output.note });
    report(output, started, ({ version, port }) => text.db.started(version, port));
    return EXIT_CODES.ok;
  });
  add("stop", text.describe.dbStop, async ({ settings, output }) => {
    const outcome = await stopDatabase(settings);
    report(output, outcome, (what) =>
      what.kind === "stopped" ? text.db.stopped(what.cutOff) : text.db.stop[what.kind],
    );
    return outcome.kind === "timed-out" ? EXIT_CODES.failed : EXIT_CODES.ok;
  });
  add("status", text.describe.dbStatus, async ({ settings, output }) => {
    report(output, await databaseStatus(settings), statusText);
    return EXIT_CODES.ok;
  });
  add("psql", text.describe.dbPsql, async ({ settings, output, lendingTerminal }, command) => {
    const { command: statement, role } = command.opts<{
      command?: string;
      role: "owner" | "writer" | "reader";
    }>();
    const ask = () => runSql({ settings, log: output.note }, role, statement);
    const answer = statement === undefined ? await lendingTerminal(ask) : await ask();
    if ("exitCode" in answer) return answer.exitCode;
    report(output, answer, ({ columns, rows }) =>
      table(
        columns,
        rows.map((row) => row.map(cellText)),
      ),
    );
    return EXIT_CODES.ok;
  })
    .addOption(new Option("-c, --command <statement>", "run one statement and print what it returns"))
    .addOption(
      new Option("--role <role>", "whose rights to use")
        .choices(["owner", "writer", "reader"])
        .default("reader"),
    );
  add("migrate", text.describe.dbMigrate, async (context, command) => {
    const { settings, output } = context;
    const { to, plan, yes } = command.opts<{ to?: string; plan?: boolean; yes?: boolean }>();
    const vault = { settings, log: output.note };
    if (plan === true) {
      const upgrade = await planDatabaseUpgrade(vault);
      if (upgrade.tables.length > 0) report(output, upgrade, (found) => planText(found, text));
      else report(output, await plannedMigrations(vault), ({ pending }) => text.db.pending(pending));
      return EXIT_CODES.ok;
    }
    const outcome = await migrateDatabase(vault, to);
    if (outcome.error?.code === "OBS_SCHEMA_PHASE_13") {
      return await upgradeFromPhase13(context, yes === true, outcome.error);
    }
    return settle(output, outcome, text.db.applied(outcome.applied));
  })
    .option("--to <migration>", "stop after this one")
    .option("--plan", "print what would be done, and do nothing")
    .option("--yes", "upgrade a database of Phase 13 without asking");
  add("drop-phase13", text.describe.dbDropPhase13, async ({ settings, output }, command) => {
    if (command.opts<{ yes?: boolean }>().yes !== true) {
      output.note(text.db.dropConfirm);
      return EXIT_CODES.usage;
    }
    const outcome = await dropLegacyTables({ settings, log: output.note });
    report(output, outcome, ({ dropped }) => text.db.dropped(dropped));
    return EXIT_CODES.ok;
  }).option("--yes", "do it");
  add("rollback", text.describe.dbRollback, async ({ settings, output }, command) => {
    const { to, yes } = command.opts<{ to?: string; yes?: boolean }>();
    const vault = { settings, log: output.note };
    if (yes !== true) {
      const names = await plannedRollback(vault, to);
      report(output, { toRevert: names }, () => text.db.toRevert(names));
      if (names.length > 0) output.note(text.repair.confirm);
      return EXIT_CODES.ok;
    }
    const outcome = await rollbackMigration(vault, to);
    return settle(output, outcome, text.db.reverted(outcome.reverted));
  })
    .option("--to <migration>", "take back all behind this one")
    .option("--yes", "do it; without it only the plan is shown");
}

/** Reports what a migration run did, which stands even where a later step failed; that failure is then thrown. */
function settle(output: Output, outcome: Awaited<ReturnType<typeof migrateDatabase>>, words: string): number {
  const { applied, reverted, error } = outcome;
  if (error === undefined || output.json || applied.length + reverted.length > 0) {
    report(output, { ...outcome, error: error?.message ?? null }, () => words);
  }
  if (error !== undefined) throw error;
  return EXIT_CODES.ok;
}

function cellText(value: unknown): string {
  if (value === null || value === undefined) return "";
  return typeof value === "object" ? JSON.stringify(value) : String(value);
}

function statusText(status: Awaited<ReturnType<typeof databaseStatus>>): string {
  if (status.kind === "yours") {
    const behind =
      status.pending.length === 0 ? "schema up to date" : `${status.pending.length} migrations to apply`;
    return `${status.url}\n${behind}`;
  }
  const { server, home } = status;
  switch (server.kind) {
    case "not-initialised":
      return `embedded, in ${home}: not initialised yet`;
    case "stopped":
      return `embedded, in ${home}: stopped`;
    case "crashed":
      return `embedded, in ${home}: ended without a shutdown; the next command recovers it`;
    case "running":
      return `embedded, in ${home}: running on 127.0.0.1:${server.port} (pid ${server.pid}), ${server.leases.length} users${server.pinned ? ", left running" : ""}`;
    default:
      return server satisfies never;
  }
}
