import { homedir, tmpdir } from "node:os";
import { join } from "node:path";
import { ObserverError } from "../errors/index.ts";
import { cachePrograms } from "./binary-cache.ts";
import { findClosedDirectory } from "./reach.ts";
import { runServerProgram } from "./run-server-program.ts";
import type { ServerAccount } from "./server-account.ts";
import { findServerPackage } from "./server-package.ts";

/** The server's programs, proven to run under the account that was asked. */
export interface ServerBinaries {
  readonly initdb: string;
  readonly postgres: string;
  readonly version: string;
}

/**
 * Always a copy outside node_modules: that may be closed to the server's account, lacks the libraries' links when
 * npm ran no install scripts, and is emptied by `npm ci` under a server that runs.
 *
 * @throws ObserverError OBS_CLUSTER_BINARIES, with the reason per place tried, when none of them serves.
 */
export async function findServerBinaries(
  account: ServerAccount,
  cacheRoot: string | undefined,
): Promise<ServerBinaries> {
  const source = await findServerPackage();
  const refusals: string[] = [];
  for (const place of cacheRoot === undefined ? defaultCacheRoots() : [cacheRoot]) {
    try {
      const bin = join(await cachePrograms(source, place), "bin");
      const closed = await findClosedDirectory(join(bin, "postgres"), account);
      if (closed !== null) throw new Error(`${closed} is closed to the account "${account.name}"`);
      return {
        initdb: join(bin, "initdb"),
        postgres: join(bin, "postgres"),
        version: await ask(bin, account),
      };
    } catch (error) {
      refusals.push(`${place}: ${error instanceof Error ? error.message : String(error)}`);
    }
  }
  throw new ObserverError(
    "OBS_CLUSTER_BINARIES",
    `The embedded PostgreSQL ${source.version} cannot be run from any of its places. ${refusals.join("; ")}`,
    "Make one of the places writable and executable, or set DATABASE_URL to a PostgreSQL of yours.",
  );
}

function defaultCacheRoots(): string[] {
  const uid = process.getuid?.();
  const last = join(tmpdir(), uid === undefined ? "observer-cache" : `observer-cache-${uid}`);
  if (uid === 0) return ["/var/cache/observer", last];
  const caches = process.platform === "darwin" ? join("Library", "Caches") : ".cache";
  return [join(homedir(), caches, "observer"), last];
}

/** `postgres --version` proves that the account may execute it and that its libraries load. */
async function ask(bin: string, account: ServerAccount): Promise<string> {
  const { exitCode, output } = await runServerProgram(join(bin, "postgres"), ["--version"], account);
  const version = /\(PostgreSQL\) ([0-9][0-9.]*)/.exec(output)?.[1];
  if (exitCode === 0 && version !== undefined) return version;
  throw new Error(`"postgres --version" ended with ${exitCode}: ${output.trim()}`);
}
