/** Exit codes of the command line; `docs/errors.md` prints this table. */
export const EXIT_CODES = {
  ok: 0,
  failed: 1,
  usage: 2,
  incomplete: 3,
  database: 4,
  verificationFailed: 5,
  interrupted: 130,
} as const;

/** One entry per way to fail. `means` is printed in `docs/errors.md`; keep the codes in alphabetical order. */
export const CATALOGUE = {
  OBS_ARGUMENT_INVALID: {
    exitCode: EXIT_CODES.usage,
    means: "An argument of a query is not usable: a symbol, date, range, limit or cursor.",
  },
  OBS_BACKFILL_BUSY: {
    exitCode: EXIT_CODES.failed,
    means: "Another back-fill is writing to the same database.",
  },
  OBS_CLUSTER_ACCOUNT: {
    exitCode: EXIT_CODES.database,
    means: "No unprivileged account can run the embedded server, or the data belongs to another account.",
  },
  OBS_CLUSTER_BINARIES: {
    exitCode: EXIT_CODES.database,
    means: "The embedded server's programs are not installed for this platform, or cannot be executed.",
  },
  OBS_CLUSTER_BUSY: {
    exitCode: EXIT_CODES.database,
    means: "Another process was starting or stopping the embedded server for longer than we wait.",
  },
  OBS_CLUSTER_CREDENTIALS: {
    exitCode: EXIT_CODES.database,
    means: "The file with the embedded database's passwords is missing or damaged.",
  },
  OBS_CLUSTER_INIT: {
    exitCode: EXIT_CODES.database,
    means: "The embedded database could not be initialised; nothing half-made is kept.",
  },
  OBS_CLUSTER_SETTING: {
    exitCode: EXIT_CODES.usage,
    means: "A setting for the embedded server is not one, or belongs to Observer.",
  },
  OBS_CLUSTER_START: {
    exitCode: EXIT_CODES.database,
    means: "The embedded server did not start; the message ends with its log's last lines.",
  },
  OBS_CLUSTER_UNREACHABLE: {
    exitCode: EXIT_CODES.database,
    means:
      "A directory above the embedded database's files is closed to this process or to the server's account.",
  },
  OBS_CLUSTER_VERSION: {
    exitCode: EXIT_CODES.database,
    means: "The data directory was made by another major version of PostgreSQL than the embedded one.",
  },
  OBS_CONFIG_INVALID: {
    exitCode: EXIT_CODES.usage,
    means: "The configuration file or an environment variable has problems; all of them are listed at once.",
  },
  OBS_CSV_COLUMNS: {
    exitCode: EXIT_CODES.usage,
    means: "A CSV file has no header, or its header does not have the columns that the column map names.",
  },
  OBS_CSV_MAP: {
    exitCode: EXIT_CODES.usage,
    means: "A column map for CSV files contradicts itself or names a time zone that does not exist.",
  },
  OBS_DATABASE_FOREIGN: {
    exitCode: EXIT_CODES.database,
    means: "The database holds tables of these names that this program did not make.",
  },
  OBS_DATABASE_NEWER: {
    exitCode: EXIT_CODES.database,
    means: "The database was migrated by a later version of Observer than this one.",
  },
  OBS_DATABASE_NOT_OURS: {
    exitCode: EXIT_CODES.usage,
    means: "A command about the embedded server was given while DATABASE_URL names another.",
  },
  OBS_DATABASE_UNREACHABLE: {
    exitCode: EXIT_CODES.database,
    means: "No connection to the database could be made, or it was lost and did not come back.",
  },
  OBS_DERIVE_BUSY: {
    exitCode: EXIT_CODES.failed,
    means: "Another process is building bars and gaps from the files loaded into the same database.",
  },
  OBS_FILE_UNKNOWN: {
    exitCode: EXIT_CODES.usage,
    means: "A file was named that the ledger of loaded files does not know.",
  },
  OBS_FILE_UNREADABLE: {
    exitCode: EXIT_CODES.incomplete,
    means: "A file could not be opened, read or decompressed to its end.",
  },
  OBS_IMPORT_INCOMPLETE: {
    exitCode: EXIT_CODES.usage,
    means: "An import was asked for without a file, or without saying how its files are made.",
  },
  OBS_INTERNAL: {
    exitCode: EXIT_CODES.failed,
    means: "A defect in Observer itself: an invariant did not hold.",
  },
  OBS_LOAD_FAILED: {
    exitCode: EXIT_CODES.incomplete,
    means:
      "A file could not be loaded to its end; what was committed before stays, and the next run goes on from there.",
  },
  OBS_NOTHING_TO_SEARCH: {
    exitCode: EXIT_CODES.usage,
    means: "A threshold search was asked for, and no bars are stored.",
  },
  OBS_NO_DATA_FOUND: {
    exitCode: EXIT_CODES.usage,
    means: "A folder named as data root holds no file that Observer knows how to load.",
  },
  OBS_QUERY_FAILED: {
    exitCode: EXIT_CODES.database,
    means: "The database refused or stopped a query, or answered what this version does not know.",
  },
  OBS_MIGRATION_FAILED: {
    exitCode: EXIT_CODES.database,
    means:
      "A migration could not be applied or taken back; those before it stand, and nothing of it was kept.",
  },
  OBS_PSQL_MISSING: {
    exitCode: EXIT_CODES.failed,
    means: "An interactive session was asked for, and PostgreSQL's program psql is not installed.",
  },
  OBS_RULE_BOOK_INVALID: {
    exitCode: EXIT_CODES.failed,
    means:
      "A data file of the rule book (calendar, hours, tick sizes, tax, …) contradicts itself or cannot be read.",
  },
  OBS_SAMPLE_DIRECTORY_TAKEN: {
    exitCode: EXIT_CODES.usage,
    means: "The folder meant for the sample holds something else; nothing in it was touched.",
  },
  OBS_SEARCH_INVALID: {
    exitCode: EXIT_CODES.usage,
    means: "A threshold search was asked for that cannot be run; all problems are listed at once.",
  },
  OBS_SCHEMA_BEHIND: {
    exitCode: EXIT_CODES.database,
    means: "The database of DATABASE_URL lacks migrations that this program needs.",
  },
  OBS_SCHEMA_PHASE_13: {
    exitCode: EXIT_CODES.database,
    means: "The database has the tables of Phase 13, or its upgrade from there is not through.",
  },
  OBS_UPGRADE_BUSY: {
    exitCode: EXIT_CODES.database,
    means:
      "The upgrade from Phase 13 waited a minute for another one, or for a session that uses the tables.",
  },
  OBS_UPGRADE_FAILED: {
    exitCode: EXIT_CODES.database,
    means:
      "The upgrade from Phase 13 stopped, or was asked for where there is nothing to upgrade; what was committed stays.",
  },
  OBS_UPGRADE_UNEQUAL: {
    exitCode: EXIT_CODES.verificationFailed,
    means:
      "Rows copied from Phase 13 were not found equal to the legacy ones, which therefore must not be dropped.",
  },
} as const satisfies Record<`OBS_${string}`, { exitCode: number; means: string }>;

export type ErrorCode = keyof typeof CATALOGUE;
