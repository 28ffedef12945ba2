/** What the command line says, in English; the other languages have the same shape. */
export const EN = {
  interrupting:
    "stopping: what is committed stays, run the same command again to go on (Ctrl-C again ends at once)",
  seeHelp: "(add --help to see what can be given)",
  describe: {
    program: "A strategy evidence vault for Korean equities.",
    json: "print one JSON document instead of words",
    lang: "language of the command line",
    home: "folder of the embedded database and of everything Observer keeps",
    debug: "show where an error comes from",
    db: "the database: start, stop, status, psql, migrate, rollback",
    dbStart: "start the embedded server and leave it running",
    dbStop: "stop the embedded server, whoever uses it",
    dbStatus: "what the database is doing",
    dbPsql: "a session on the database, or one statement with -c",
    dbMigrate: "bring the schema up to date",
    dbRollback: "take back the last migration",
    dbDropPhase13: "drop the legacy tables of an upgraded database",
    backfill: "load JSONL files: ticks, 10-minute bars, gaps",
    import: "load CSV bars: 1, 5 or 10 minutes, or days",
    importPath: "a CSV file, or a folder with .csv and .csv.gz files",
    importPreset: "how the files are made: one of the column maps that Observer knows",
    importMap: "how the files are made: a column map of yours, a JSON file",
    importPresets: "print the column maps that Observer knows, to use or to start from",
    config: "settings: value, origin, meaning",
    noVerify: "do not check what the load touched",
    bars: "bars that follow from ticks and from 1-minute bars",
    barsBuild: "build 1-minute bars from ticks, and 10-minute bars from them where there are none",
    verify: "check schema, rows, bars, returns, gaps and plans; says what to do about each failure",
    repair: "mend what verify found, as far as the stored data say how",
    rollback: "take back a loaded file: remove exactly its rows",
    optimize: "search entry and exit thresholds on the 10-minute bars",
    demo: "the whole pipeline on a made-up market, in a vault of its own",
  },
  load: {
    stages: {
      load: "loading the files",
      derive: "building bars, coverage, returns and gaps",
      verify: "verifying what was touched",
    },
  },
  backfill: {
    head: ["kind", "files", "loaded", "lines", "new rows", "duplicates", "updated", "rejects", "failed"],
    kinds: {
      scalp: "ticks",
      swing: "10-minute bars",
      gap: "gaps",
      bars_1m: "1-minute bars",
      bars_10m: "10-minute bars",
      daily: "daily bars",
    },
    nothingNew: "everything was loaded already; nothing changed.",
    interrupted: "interrupted: run the same command again to go on.",
    rejectsHint:
      'rejected lines are kept whole: observer db psql -c "SELECT file_id, line, code, field, reason FROM ingest_rejects"',
    took: (load: string, derive: string) => `loaded in ${load}, bars and gaps in ${derive}`,
    problem: (path: string, kind: string, detail: string) => `${kind}: ${path}\n  ${detail}`,
  },
  import: {
    left: (kind: string, count: string) => `${kind}: ${count}`,
    leftOut: {
      header: "header lines",
      paddedRow: "padded bars left out (volume 0)",
      joinedHalf: "5-minute rows that became part of a 10-minute bar",
      cumulativeUnusable: "bars whose value cannot be told from the day's cumulative amount",
      zoneAssumed: "timestamps without a zone, read as Korean time",
      priceRounded: "prices with more than four decimals, rounded",
      emptyLine: "empty lines",
    },
    tenMinuteBars: (count: string) => `10-minute bars written from 1-minute bars: ${count}`,
    needsSource: "name what to import, and either --preset or --map",
    needsSourceMend:
      'observer import bars.csv.gz --preset kis-1m, or --map map.json; "observer import --show-presets" prints the maps.',
  },
  bars: {
    built: (minutes: string, days: number, tenMinutes: string) =>
      `${minutes} minutes of ${days} days looked at; ${tenMinutes} 10-minute bars written`,
  },
  verify: {
    head: ["check", "area", "result", "seconds"],
    passed: "passed",
    noted: "noted",
    skipped: "skipped",
    failed: (count: number) => `FAILED (${count})`,
    allPassed: (count: number, took: string) => `${count} checks passed in ${took}`,
    someFailed: (failed: number, total: number, took: string) =>
      `${failed} of ${total} checks failed (${took})`,
    cause: "likely cause",
    mend: "to mend it",
  },
  repair: {
    head: ["check", "step", "outcome"],
    planned: "would be done",
    done: (changed: number) => `done (${changed})`,
    cannot: (why: string) => `cannot be mended here: ${why}`,
    failed: (error: string) => `FAILED: ${error}`,
    nothing: "nothing to mend: every check passed",
    confirm: "this was only the plan; add --yes to do it.",
  },
  rollback: {
    head: ["date", "table", "symbols", "rows"],
    planned: (path: string, rows: string, rejects: string) =>
      `would remove ${rows} rows and ${rejects} rejects of ${path}`,
    done: (path: string, rows: string, rejects: string) =>
      `removed ${rows} rows and ${rejects} rejects of ${path}`,
    reload: "these files may hold older versions of what it replaced; take them back and load them again:",
  },
  optimize: {
    head: [
      "#",
      "symbol",
      "rule",
      "entry",
      "exit",
      "hold",
      "trades",
      "win rate",
      "per trade",
      "total",
      "t",
      "p",
      "p adjusted",
    ],
    rules: { mean_reversion: "mean reversion", momentum: "momentum" },
    bars: (count: number) => `${count} bars`,
    run: (id: number, hash: string, input: string) =>
      `run ${id}, configuration ${hash.slice(0, 12)}, input ${input.slice(0, 12)}`,
    counts: (trials: number, symbols: number, earlier: number) =>
      `${trials} combinations on ${symbols} symbols${earlier === 0 ? "" : `, ${earlier} tried before on this input and counted`}`,
    equalRun: (id: number, equal: boolean) =>
      equal
        ? `run ${id} asked the same of the same bars and found the same, digit for digit`
        : `run ${id} asked the same of the same bars and found something else: report this`,
    withoutBars: (symbols: readonly string[]) => `no bars in this period: ${symbols.join(", ")}`,
    assumed: (symbols: readonly string[]) =>
      `charged as KOSPI stocks, for want of a listing: ${symbols.slice(0, 5).join(", ")}${symbols.length > 5 ? ` and ${symbols.length - 5} more` : ""}`,
  },
  demo: {
    stages: {
      sample: "writing a made-up market as JSONL files",
      database: "starting the embedded PostgreSQL",
      load: "loading the files",
      derive: "building bars, coverage, returns and gaps",
      verify: "verifying",
      optimize: "searching thresholds",
    },
    title: "Observer demo",
    sample: (files: number, lines: string, size: string, folder: string) =>
      `${lines} lines in ${files} files (${size}) in ${folder}; the symbols SIM… do not exist.`,
    sampleKept: "the sample was there already",
    expectHead: ["records", "rows", "as planned", "rejected", "as planned"],
    records: { ticks: "ticks", bars: "10-minute bars", gaps: "gaps" },
    yes: "yes",
    no: (expected: number) => `NO, ${expected} expected`,
    verified: (passed: number, total: number) => `${passed} of ${total} checks passed, none failed`,
    best: "the strongest candidate of each symbol, in sample:",
    planted: "planted",
    plantedHead: ["symbol", "rule", "entry", "exit", "trades", "per trade", "t", "p adjusted", "truth"],
    truth: (kind: string, bps: number, minutes: number) =>
      `${kind}, ${bps} bps over ${minutes} min before costs`,
    noise: "noise",
    done: (took: string) => `done in ${took}. What to try next:`,
    next: [
      "observer backfill <your data root>            load your own JSONL",
      "observer verify                               check what is stored",
      "observer optimize                             search thresholds on it",
      'observer --home HOME db psql -c "SELECT …"   look into the demo\'s tables',
    ],
  },
  db: {
    started: (version: string, port: number) => `PostgreSQL ${version} runs on 127.0.0.1:${port}`,
    applied: (names: readonly string[]) =>
      names.length === 0 ? "the schema is up to date" : `applied: ${names.join(", ")}`,
    reverted: (names: readonly string[]) =>
      names.length === 0 ? "there was nothing to take back" : `taken back: ${names.join(", ")}`,
    toRevert: (names: readonly string[]) =>
      names.length === 0
        ? "there is nothing to take back"
        : `would take back: ${names.join(", ")}\nwhat they made is dropped with the data in it.`,
    stop: {
      "not-initialised": "there is no embedded database here",
      "not-running": "it was not running",
      "timed-out": "told to stop, and still writing its checkpoint",
    },
    stopped: (cutOff: number) => (cutOff === 0 ? "stopped" : `stopped, under ${cutOff} users`),
    pending: (names: readonly string[]) =>
      names.length === 0 ? "the schema is up to date" : `to apply: ${names.join(", ")}`,
    dropped: (names: readonly string[]) => `dropped from schema phase13: ${names.join(", ")}`,
    dropConfirm: "this drops the tables as Phase 13 left them, for good; add --yes to do it.",
    phase13: {
      found: "this is a database of Phase 13. Stop what writes to it and make a backup; then the upgrade",
      steps: [
        "- moves the tables below to schema phase13, in one short transaction;",
        "- makes the schema of today;",
        "- copies every row in batches, ticks into monthly partitions; killed, it goes on where it ended;",
        "- compares counts and hashes of every table with the legacy one, which stays until you drop it.",
      ],
      planHead: ["table", "rows", "done", "state"],
      reportHead: ["table", "rows", "copied", "duplicates", "refused", "state"],
      states: { waiting: "waiting", copied: "copied", equal: "equal", unequal: "not equal" },
      leftBehind: (names: string) => `columns that are not carried over (they stay in phase13): ${names}`,
      dependents: (names: string) => `views that will go on reading the legacy tables: ${names}`,
      sessions: (names: string) => `also connected: ${names}`,
      estimate: (time: string) => `estimated time: ${time}; needs as much free disk as the tables take.`,
      confirm: "upgrade now? [y/N] ",
      moved: "legacy tables are in schema phase13",
      copying: (table: string, rows: string) => `${table}: ${rows} rows`,
      compared: (table: string) => `${table}: compared`,
      refusedHint:
        'refused rows are kept whole: observer db psql --role owner -c "SELECT table_name, reason, record FROM phase13.upgrade_refused"',
      interrupted: "interrupted: run the same command again to go on.",
      done: "upgraded, and every table is equal. The legacy tables stay until: observer db drop-phase13 --yes",
    },
  },
  error: (code: string, message: string, mend: string) =>
    `error ${code}\n  ${message}\n  to mend it: ${mend}`,
} as const;

type Words<T> = T extends (...args: infer A) => string
  ? (...args: A) => string
  : T extends string
    ? string
    : T extends readonly string[]
      ? readonly string[]
      : { readonly [K in keyof T]: Words<T[K]> };

/** What the command line says, whatever the language. Errors come from their catalogue, in English. */
export type Text = Words<typeof EN>;
