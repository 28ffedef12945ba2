import { execFile } from "node:child_process";
import { mkdir, mkdtemp, readdir, readFile, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { afterAll, beforeAll, describe, expect, inject, test } from "vitest";
import { newJsonlRoot, tickLine } from "./jsonl-root.ts";
import { freshDatabase } from "./postgres.ts";

const repository = fileURLToPath(new URL("..", import.meta.url));
const execute = promisify(execFile);

/** npm's words when no registry answers: then an installation says nothing about the package. */
const REGISTRY_UNREACHABLE =
  /\b(ENOTFOUND|EAI_AGAIN|ECONNREFUSED|ECONNRESET|ETIMEDOUT|ENETUNREACH|ENOTCACHED)\b/;

interface Packed {
  filename: string;
  size: number;
  unpackedSize: number;
  files: { path: string; mode: number }[];
}

/** Runs a program as a user would: with nothing of this test run's settings. */
async function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  const environment = { PATH: process.env.PATH, HOME: process.env.HOME, OBSERVER_HOME: join(cwd, "vault") };
  const { stdout } = await execute(program, [...args], { cwd, env: environment, maxBuffer: 1 << 24 });
  return stdout;
}

describe.skipIf(inject("server") !== "embedded")("the package (once, on the embedded server)", () => {
  let folder: string;
  let packed: Packed;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "observer-package-"));
    const args = ["pack", "--json", "--ignore-scripts", "--pack-destination", folder];
    const [first]: Packed[] = JSON.parse(await run("npm", args, repository));
    if (first === undefined) throw new Error("npm packed nothing");
    packed = first;
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test("the lock file names the packages of every platform, or npm ci refuses it", async () => {
    const lock: { packages: Record<string, { optionalDependencies?: Record<string, string> }> } = JSON.parse(
      await readFile(join(repository, "package-lock.json"), "utf8"),
    );
    const locked = Object.keys(lock.packages);
    const wanted = Object.values(lock.packages).flatMap(({ optionalDependencies = {} }) =>
      Object.keys(optionalDependencies),
    );
    expect(wanted.filter((name) => !locked.some((path) => path.endsWith(`node_modules/${name}`)))).toEqual(
      [],
    );
  });

  test("holds what the program needs", async () => {
    const paths = new Set(packed.files.map(({ path }) => path));
    const sql = (await readdir(join(repository, "sql"), { recursive: true })).filter((name) =>
      /\.(sql|json)$/.test(name),
    );
    const needed = [
      ...["index", "pure", "cli/main", "ingest/load-worker"].map((name) => `dist/${name}.js`),
      ...["dist/index.d.ts", "dist/pure.d.ts", "README.md", "README.ko.md", "CHANGELOG.md", "LICENSE"],
      ...sql.map((name) => `sql/${name}`),
    ];
    expect(needed.filter((path) => !paths.has(path))).toEqual([]);
  });

  test("holds nothing else, and is small", () => {
    const strange = packed.files
      .map(({ path }) => path)
      .filter(
        (path) =>
          !/^(dist\/.*(\.js|\.d\.ts|\.json)|sql\/.*|docs\/.*\.md|[A-Z][A-Za-z.]*|package\.json)$/.test(path),
      );
    expect(strange).toEqual([]);
    expect(packed.files.filter(({ path }) => /\.test\./.test(path))).toEqual([]);
    expect(packed.size).toBeLessThan(1 << 20);
    expect(packed.unpackedSize).toBeLessThan(4 << 20);
  });

  test("observer/pure needs no database: it loads where none of the drivers is installed", async () => {
    const home = join(folder, "pure");
    const modules = join(home, "node_modules");
    await mkdir(modules, { recursive: true });
    await run("tar", ["-xzf", join(folder, packed.filename), "-C", modules], home);
    await symlink(join(modules, "package"), join(modules, "observer"));
    const parser = join(repository, "node_modules", "csv-parse");
    await symlink(parser, join(modules, "csv-parse"));
    const script = `
      import { tickSize, tradeDate, priceFromNumber, formatPrice, mean, newTick, gateRules } from "observer/pure";
      const stock = { symbol: "005930", market: "KOSPI", kind: "stock" };
      const step = tickSize(stock, tradeDate("2026-01-22"), priceFromNumber(71450));
      console.log(formatPrice(step), mean(Float64Array.of(1, 2, 3)), typeof newTick, typeof gateRules);
      await import("observer").then(() => console.log("found"), (error) => console.log(error.code));`;
    expect(await run("node", ["--input-type=module", "-e", script], home)).toBe(
      "100 2 function function\nERR_MODULE_NOT_FOUND\n",
    );
  });

  test("installed in an empty folder, its program, library and types work", async (context) => {
    const home = join(folder, "user");
    await mkdir(home);
    await writeFile(join(home, "package.json"), '{"private":true,"type":"module"}');
    const install = ["install", "--prefer-offline", "--no-audit", "--no-fund", "--ignore-scripts"];
    try {
      await run("npm", [...install, join(folder, packed.filename)], home);
    } catch (error) {
      const words = error instanceof Error ? error.message : String(error);
      if (REGISTRY_UNREACHABLE.test(words)) return context.skip("the package registry cannot be reached");
      throw error;
    }

    expect(await run("npx", ["--no-install", "observer", "--help"], home)).toContain("backfill");
    const status = await run("npx", ["--no-install", "observer", "db", "status", "--json"], home);
    expect(JSON.parse(status)).toMatchObject({ kind: "embedded", server: { kind: "not-initialised" } });

    const database = await freshDatabase();
    const root = await newJsonlRoot();
    try {
      await root.write("scalp/20260122_09.jsonl", [tickLine(0), tickLine(1), tickLine(2)]);
      await writeFile(join(home, "script.ts"), consumer(database.ownerUrl, root.path));
      await writeFile(join(home, "readme.ts"), await readmeExample());
      const compiler = createRequire(import.meta.url).resolve("typescript/bin/tsc");
      const options = ["--module", "nodenext", "--target", "es2023", "--strict"];
      await run("node", [compiler, ...options, "script.ts", "readme.ts"], home).catch(
        (error: { stdout?: string }) => {
          throw new Error(`the example does not compile:\n${error.stdout}`);
        },
      );
      expect(await run("node", ["script.js"], home)).toBe(
        "loaded 3\n2026-01-22T09:00:01.000+09:00 71200\n1 minute\nOBS_ARGUMENT_INVALID\n",
      );
    } finally {
      await root.remove();
      await database.drop();
    }
  });
});

async function readmeExample(): Promise<string> {
  const readme = await readFile(join(repository, "README.md"), "utf8");
  const example = /```ts\n([\s\S]*?)```/.exec(readme)?.[1];
  if (example === undefined) throw new Error("README.md has no example");
  return example;
}

/** A script of a user's: types are checked against the package's own, then it is run. */
function consumer(databaseUrl: string, root: string): string {
  return `
    import { formatKst, formatPrice, isObserverError, kstMidnightUs, openObserver, tradeDate } from "observer";
    import type { FileOutcome, MinuteBarRow, Observer, Price, TickRow } from "observer";
    import { tradingDay, type TradingDay } from "observer/pure";

    const observer: Observer = await openObserver({ databaseUrl: ${JSON.stringify(databaseUrl)}, workers: 1 });
    const { loaded } = await observer.backfill(${JSON.stringify(root)});
    const outcome: FileOutcome | undefined = loaded.files[0]?.outcome;
    console.log(outcome?.kind, outcome?.kind === "loaded" ? outcome.rows : outcome);

    const [tick]: TickRow[] = await observer.getLatestTicks("005930", 1);
    const price: Price | null | undefined = tick?.lastPrice;
    if (tick !== undefined && price) console.log(formatKst(tick.eventTimeUs), formatPrice(price));

    const day: TradingDay | null = tradingDay(tradeDate("2026-01-22"));
    if (day === null) throw new Error("a trading day is none");
    const start = kstMidnightUs(tradeDate("2026-01-22"));
    const bars: MinuteBarRow[] = [];
    for await (const bar of observer.stream1mBars("005930", start, kstMidnightUs(tradeDate("2026-01-23")))) bars.push(bar);
    console.log(bars.length, "minute");

    await observer.getBarsInRange("005930", kstMidnightUs(tradeDate("2026-01-23")), start).catch((error: unknown) => {
      console.log(isObserverError(error) ? error.code : error);
    });
    await observer.close();
  `;
}
