import { readFile } from "node:fs/promises";

/**
 * A process that cannot be mistaken for a later one with the same number.
 * startTicks  clock ticks between boot and the start of the process; "" where /proc does not exist
 * bootId      which boot the ticks count from; "" where /proc does not exist
 */
export interface ProcessIdentity {
  readonly pid: number;
  readonly startTicks: string;
  readonly bootId: string;
}

export async function ownIdentity(): Promise<ProcessIdentity> {
  const stat = await readProcStat(process.pid);
  return { pid: process.pid, startTicks: stat?.startTicks ?? "", bootId: await readBootId() };
}

/** Whether that very process still runs. Without /proc a recycled number cannot be told apart and counts as alive. */
export async function isAlive(identity: ProcessIdentity): Promise<boolean> {
  if (identity.startTicks === "") return isPidAlive(identity.pid);
  if (identity.bootId !== (await readBootId())) return false;
  const stat = await readProcStat(identity.pid);
  return stat !== null && !stat.dead && stat.startTicks === identity.startTicks;
}

/** Whether some process has this number. A zombie has ended: nobody has collected its exit code yet. */
export async function isPidAlive(pid: number): Promise<boolean> {
  const stat = await readProcStat(pid);
  if (stat !== null) return !stat.dead;
  if (process.platform === "linux") return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && "code" in error && error.code === "EPERM";
  }
}

/** The identity written by `ownIdentity`, or null when the value is anything else. */
export function parseIdentity(value: unknown): ProcessIdentity | null {
  if (typeof value !== "object" || value === null) return null;
  if (!("pid" in value && "startTicks" in value && "bootId" in value)) return null;
  const { pid, startTicks, bootId } = value;
  if (typeof pid !== "number" || !Number.isSafeInteger(pid) || pid < 1) return null;
  if (typeof startTicks !== "string" || typeof bootId !== "string") return null;
  return { pid, startTicks, bootId };
}

async function readProcStat(pid: number): Promise<{ startTicks: string; dead: boolean } | null> {
  const text = await readFile(`/proc/${pid}/stat`, "utf8").catch(() => null);
  if (text === null) return null;
  // The command name (field 2) may itself hold spaces and parentheses: count from its last parenthesis.
  const fields = text.slice(text.lastIndexOf(")") + 2).split(" ");
  const state = fields[0] ?? "X";
  return { startTicks: fields[19] ?? "", dead: state === "Z" || state === "X" };
}

async function readBootId(): Promise<string> {
  return (await readFile("/proc/sys/kernel/random/boot_id", "utf8").catch(() => "")).trim();
}
