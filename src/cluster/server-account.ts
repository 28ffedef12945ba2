import { execFile } from "node:child_process";
import { chown, lchown, readdir, readFile, stat } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { ObserverError } from "../errors/index.ts";
import { isErrno } from "./durable-file.ts";

const run = promisify(execFile);

/** The account PostgreSQL runs under. `ids` is null when that is the account of this process. */
export interface ServerAccount {
  readonly name: string;
  readonly ids: { readonly uid: number; readonly gid: number } | null;
}

/**
 * PostgreSQL refuses to run as root. Root lends it an account: the one asked for, else the one the data already
 * belongs to, else `postgres`, else `nobody`. Everyone else runs it as themselves.
 */
export async function chooseServerAccount(
  dataDirectory: string,
  asked: string | undefined,
): Promise<ServerAccount> {
  if (process.getuid?.() !== 0) return ownAccount(dataDirectory, asked);
  if (asked !== undefined) {
    const found = await lookUp(asked);
    if (found === null) throw noAccount(`There is no account "${asked}" on this machine.`);
    if (found.ids?.uid === 0)
      throw noAccount(`PostgreSQL refuses to run as "${asked}": it is the superuser.`);
    return found;
  }
  const owner = await ownerOf(dataDirectory);
  if (owner !== null && owner.uid !== 0) return { name: `uid ${owner.uid}`, ids: owner };
  const found = (await lookUp("postgres")) ?? (await lookUp("nobody"));
  if (found === null) throw noAccount('This machine has neither an account "postgres" nor "nobody".');
  return found;
}

/** Gives a directory tree that is ours alone to the server's account. */
export async function giveTree(directory: string, account: ServerAccount): Promise<void> {
  if (account.ids === null) return;
  const { uid, gid } = account.ids;
  const owner = await ownerOf(directory);
  if (owner?.uid === uid) return;
  for (const entry of await readdir(directory, { recursive: true, withFileTypes: true })) {
    await lchown(join(entry.parentPath, entry.name), uid, gid);
  }
  // The top goes last: if this is interrupted, its owner shows that the rest is not done.
  await chown(directory, uid, gid);
}

async function ownAccount(dataDirectory: string, asked: string | undefined): Promise<ServerAccount> {
  const uid = process.getuid?.();
  const owner = await ownerOf(dataDirectory);
  if (uid !== undefined && owner !== null && owner.uid !== uid) {
    throw new ObserverError(
      "OBS_CLUSTER_ACCOUNT",
      `${dataDirectory} belongs to uid ${owner.uid}; this process is uid ${uid}.`,
      `Run as root or as uid ${owner.uid}, or choose another data root.`,
    );
  }
  if (uid !== undefined && asked !== undefined && (await lookUp(asked))?.ids?.uid !== uid) {
    throw noAccount(`Only root can run the server as "${asked}".`);
  }
  return { name: `uid ${uid ?? "?"}`, ids: null };
}

async function ownerOf(path: string): Promise<{ uid: number; gid: number } | null> {
  try {
    const { uid, gid } = await stat(path);
    return { uid, gid };
  } catch (error) {
    if (isErrno(error, "ENOENT")) return null;
    throw error;
  }
}

async function lookUp(name: string): Promise<ServerAccount | null> {
  const passwd = await readFile("/etc/passwd", "utf8").catch(() => "");
  const fields = passwd
    .split("\n")
    .find((line) => line.startsWith(`${name}:`))
    ?.split(":");
  if (fields !== undefined) return { name, ids: { uid: Number(fields[2]), gid: Number(fields[3]) } };
  // Accounts of a directory service (and of macOS) are not in the file.
  const [uid, gid] = await Promise.all([askId("-u", name), askId("-g", name)]);
  return uid === null || gid === null ? null : { name, ids: { uid, gid } };
}

async function askId(option: "-u" | "-g", name: string): Promise<number | null> {
  try {
    const { stdout } = await run("id", [option, "--", name]);
    return Number(stdout.trim());
  } catch {
    return null;
  }
}

function noAccount(message: string): ObserverError {
  return new ObserverError(
    "OBS_CLUSTER_ACCOUNT",
    message,
    "Name an existing unprivileged account for the server, run as an ordinary user, or set DATABASE_URL.",
  );
}
