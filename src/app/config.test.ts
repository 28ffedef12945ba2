import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, onTestFinished, test } from "vitest";
import { isObserverError } from "../errors/index.ts";
import { type GivenSettings, maskUrl, readConfig } from "./config.ts";

const OURS = "postgresql://me:secret@db.example/ours";
const THEIRS = "postgresql://me:secret@db.example/theirs";

function folder(content?: string): string {
  const path = mkdtempSync(join(tmpdir(), "observer-config-"));
  onTestFinished(() => rmSync(path, { recursive: true }));
  if (content !== undefined) writeFileSync(join(path, "observer.config.json"), content);
  return path;
}

function problemsOf(act: () => unknown): string[] {
  try {
    act();
  } catch (error) {
    if (isObserverError(error) && error.code === "OBS_CONFIG_INVALID") return error.message.split("\n");
    throw error;
  }
  return [];
}

test("what is given goes before the environment, and that before the file", () => {
  const file = folder(JSON.stringify({ market: "generic", workers: 2, serverProfile: "large" }));
  const { settings, origins } = readConfig({ OBSERVER_WORKERS: "3", OBSERVER_MARKET: "krx" }, file, {
    workers: 4,
  });
  expect([settings.workers, settings.market, settings.serverProfile]).toEqual([4, "krx", "large"]);
  expect([origins.workers, origins.market, origins.serverProfile, origins.home]).toEqual([
    "argument",
    "environment",
    "file",
    "default",
  ]);
});

test.each<[string, GivenSettings, string | undefined, string | undefined]>([
  ["nothing given", {}, THEIRS, "postgresql://replica/theirs"],
  ["another database brings no foreign replica", { databaseUrl: OURS }, OURS, undefined],
  ["null asks for the embedded one", { databaseUrl: null }, undefined, undefined],
])("database: %s", (_name, given, databaseUrl, readerUrl) => {
  const environment = { DATABASE_URL: THEIRS, DATABASE_READER_URL: "postgresql://replica/theirs" };
  const { settings } = readConfig(environment, folder(), given);
  expect([settings.databaseUrl, settings.readerUrl]).toEqual([databaseUrl, readerUrl]);
});

test("all problems come at once, each with where it stands", () => {
  const path = folder('{"serverProfile":"huge","colour":"red"}');
  const given: GivenSettings = { market: "krx", ...JSON.parse('{"databaseUrl":"mysql://x"}') };
  expect(problemsOf(() => readConfig({ OBSERVER_WORKERS: "eleven" }, path, given))).toEqual([
    "openObserver: databaseUrl: must be a URL postgresql://user:password@host:port/database",
    expect.stringContaining(`${join(path, "observer.config.json")}: serverProfile:`),
    expect.stringContaining("OBSERVER_WORKERS:"),
    expect.stringContaining(`${join(path, "observer.config.json")}: unknown setting colour`),
  ]);
});

test("an unknown setting given by a caller is refused as theirs", () => {
  const given: GivenSettings = JSON.parse('{"databasUrl":"postgresql://x/y"}');
  expect(problemsOf(() => readConfig({}, folder(), given))).toEqual([
    expect.stringContaining("openObserver: unknown setting databasUrl"),
  ]);
});

test("a file that is no JSON object is a problem, not a crash", () => {
  expect(problemsOf(() => readConfig({}, folder("[]"))).join()).toContain("must hold one JSON object");
  expect(problemsOf(() => readConfig({}, folder("{"))).join()).toContain("observer.config.json");
});

test.each(["postgresql://h:port/x", "http://h/x"])("%s is no database", (databaseUrl) => {
  expect(problemsOf(() => readConfig({ DATABASE_URL: databaseUrl }, folder()))).toEqual([
    "DATABASE_URL: must be a URL postgresql://user:password@host:port/database",
  ]);
});

test("a password is masked wherever the URL carries it", () => {
  const shown = maskUrl("postgresql://u:secret1@h/x?sslmode=require&password=secret2");
  expect(shown).toBe("postgresql://u:***@h/x?sslmode=require&password=***");
});
