import { existsSync, readFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import { z } from "zod";
import { ObserverError } from "../errors/index.ts";

const postgresUrl = z
  .string()
  .refine(
    (text) => /^postgres(ql)?:\/\//.test(text) && URL.canParse(text),
    "must be a URL postgresql://user:password@host:port/database",
  );

/** Every setting there is. Each has a working default; the environment goes before the file. */
const SETTINGS = z.strictObject({
  home: z.string().min(1).describe("folder of the embedded database and of everything Observer keeps"),
  databaseUrl: postgresUrl
    .optional()
    .describe("a PostgreSQL of yours (15 or later) instead of the embedded one"),
  readerUrl: postgresUrl.optional().describe("a replica for reading; needs databaseUrl"),
  serverProfile: z.enum(["small", "medium", "large"]).describe("how much memory the embedded server may use"),
  serverUser: z
    .string()
    .min(1)
    .optional()
    .describe("account the embedded server runs under when started by root"),
  workers: z.coerce
    .number()
    .int()
    .min(1)
    .max(10)
    .optional()
    .describe("threads that load files; one per core by default"),
  market: z
    .enum(["krx", "generic"])
    .describe("rules for incoming data; generic knows no calendar, ticks or limits"),
  language: z.enum(["en", "ko"]).describe("language of the command line"),
  logLevel: z.enum(["silent", "error", "warn", "info", "debug"]).describe("what is logged to stderr"),
});

export type Settings = z.infer<typeof SETTINGS>;
export type SettingName = keyof Settings;
export type SettingOrigin = "default" | "file" | "environment" | "argument";
/** Settings of a caller. null takes back what file and environment say. */
export type GivenSettings = { readonly [Name in SettingName]?: Settings[Name] | null };

const ENVIRONMENT = {
  home: "OBSERVER_HOME",
  databaseUrl: "DATABASE_URL",
  readerUrl: "DATABASE_READER_URL",
  serverProfile: "OBSERVER_SERVER_PROFILE",
  serverUser: "OBSERVER_SERVER_USER",
  workers: "OBSERVER_WORKERS",
  market: "OBSERVER_MARKET",
  language: "OBSERVER_LANG",
  logLevel: "OBSERVER_LOG",
} as const satisfies Record<SettingName, string>;

const CONFIG_FILE = "observer.config.json";
const SECRET = new Set<SettingName>(["databaseUrl", "readerUrl"]);

export interface Config {
  settings: Settings;
  origins: Record<SettingName, SettingOrigin>;
  /** The file that was read, if there was one. */
  file: string | undefined;
}

export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * Reads `observer.config.json` of the working folder and the environment, once; what is `given` goes before both.
 * Throws OBS_CONFIG_INVALID with every problem at once: unknown keys, wrong values, unreadable file.
 */
export function readConfig(
  environment: Environment,
  workingFolder: string,
  given: GivenSettings = {},
): Config {
  const path = resolve(workingFolder, CONFIG_FILE);
  const file = existsSync(path) ? path : undefined;
  const problems: string[] = [];
  const fromFile = file === undefined ? {} : parseFile(file, problems);
  const fromEnvironment: Record<string, string> = {};
  for (const [name, variable] of Object.entries(ENVIRONMENT)) {
    const value = environment[variable];
    if (value !== undefined && value !== "") fromEnvironment[name] = value;
  }
  const origins = { given: presentIn(given), environment: fromEnvironment, file: fromFile };
  const parsed = SETTINGS.safeParse(
    withGiven({ ...defaults(environment), ...fromFile, ...fromEnvironment }, given),
  );
  if (!parsed.success)
    problems.push(...parsed.error.issues.map((issue) => describeIssue(issue, origins, file)));
  else if (parsed.data.readerUrl !== undefined && parsed.data.databaseUrl === undefined) {
    problems.push(
      "readerUrl (DATABASE_READER_URL) needs databaseUrl (DATABASE_URL): the embedded server has no replica",
    );
  }
  if (!parsed.success || problems.length > 0) {
    throw new ObserverError(
      "OBS_CONFIG_INVALID",
      problems.join("\n"),
      'mend them all; "observer config show" prints what is in force.',
    );
  }
  return { settings: parsed.data, origins: originsOf(origins), file };
}

function presentIn(given: GivenSettings): Record<string, unknown> {
  return Object.fromEntries(Object.entries(given).filter(([, value]) => value !== undefined));
}

function withGiven(found: Record<string, unknown>, given: GivenSettings): Record<string, unknown> {
  const merged = { ...found };
  // The replica of another database must not answer for this one.
  if (given.databaseUrl !== undefined) delete merged.readerUrl;
  for (const [name, value] of Object.entries(presentIn(given))) {
    if (value === null) delete merged[name];
    else merged[name] = value;
  }
  return merged;
}

/** Name, value (secrets masked), where it came from, meaning: for `observer config show`. */
export function describeConfig(
  config: Config,
): { name: SettingName; value: string; origin: SettingOrigin; variable: string; meaning: string }[] {
  return settingNames().map((name) => {
    const value = config.settings[name];
    return {
      name,
      value: value === undefined ? "" : SECRET.has(name) ? maskUrl(String(value)) : String(value),
      origin: config.origins[name],
      variable: ENVIRONMENT[name],
      meaning: SETTINGS.shape[name].description ?? "",
    };
  });
}

function settingNames(): SettingName[] {
  return Object.keys(ENVIRONMENT) as SettingName[];
}

function defaults(environment: Environment): Partial<Record<SettingName, string>> {
  return {
    // Root's home is closed to the account that the embedded server must run under.
    home: process.getuid?.() === 0 ? "/var/lib/observer" : join(homedir(), ".observer"),
    serverProfile: "small",
    market: "krx",
    language: localeLanguage(environment),
    logLevel: "warn",
  };
}

/** The language the locale asks for; an empty variable counts as unset, as POSIX has it. */
export function localeLanguage({ LC_ALL, LC_MESSAGES, LANG }: Environment): Settings["language"] {
  return (LC_ALL || LC_MESSAGES || LANG || "").startsWith("ko") ? "ko" : "en";
}

function parseFile(path: string, problems: string[]): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(readFileSync(path, "utf8"));
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return { ...value };
    problems.push(`${path}: must hold one JSON object`);
  } catch (error) {
    problems.push(`${path}: ${error instanceof Error ? error.message : String(error)}`);
  }
  return {};
}

interface Origins {
  given: object;
  environment: object;
  file: object;
}

function describeIssue(issue: z.core.$ZodIssue, origins: Origins, file: string | undefined): string {
  if (issue.code === "unrecognized_keys") {
    const [first = ""] = issue.keys;
    const where = first in origins.given ? "openObserver" : file;
    return `${where}: unknown setting ${issue.keys.join(", ")} (known: ${settingNames().join(", ")})`;
  }
  const name = String(issue.path[0] ?? "");
  if (name in origins.given) return `openObserver: ${name}: ${issue.message}`;
  const where =
    name in origins.environment ? ENVIRONMENT[name as SettingName] : `${file ?? CONFIG_FILE}: ${name}`;
  return `${where}: ${issue.message}`;
}

function originsOf({ given, environment, file }: Origins): Config["origins"] {
  const origin = (name: SettingName): SettingOrigin => {
    if (name in given) return "argument";
    return name in environment ? "environment" : name in file ? "file" : "default";
  };
  return Object.fromEntries(settingNames().map((name) => [name, origin(name)])) as Config["origins"];
}

/** A connection URL with its password hidden, wherever it stands. */
export function maskUrl(text: string): string {
  const url = new URL(text);
  if (url.password !== "") url.password = "***";
  if (url.searchParams.has("password")) url.searchParams.set("password", "***");
  return url.href;
}
