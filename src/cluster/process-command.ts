import { execFile } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { promisify } from "node:util";

const run = promisify(execFile);

/** A process and its arguments, joined by single spaces. */
export interface ProcessCommand {
  readonly pid: number;
  readonly command: string;
}

/** The command line of one process; null when it has ended. */
export async function readCommand(pid: number): Promise<string | null> {
  if (process.platform === "linux") {
    const text = await readFile(`/proc/${pid}/cmdline`, "utf8").catch(() => null);
    return text?.replaceAll("\0", " ").trimEnd() ?? null;
  }
  try {
    return (await run("ps", ["-ww", "-o", "command=", "-p", String(pid)])).stdout.trim();
  } catch {
    return null;
  }
}

/** Every process whose command this account may read. */
export async function listCommands(): Promise<ProcessCommand[]> {
  if (process.platform !== "linux") return listWithPs();
  const pids = (await readdir("/proc")).filter((name) => /^[0-9]+$/.test(name)).map(Number);
  const commands = await Promise.all(
    pids.map(async (pid) => ({ pid, command: (await readCommand(pid)) ?? "" })),
  );
  return commands.filter(({ command }) => command !== "");
}

async function listWithPs(): Promise<ProcessCommand[]> {
  const { stdout } = await run("ps", ["-A", "-ww", "-o", "pid=,command="], { maxBuffer: 16 * 1024 * 1024 });
  return stdout.split("\n").flatMap((line) => {
    const [, pid, command] = /^\s*([0-9]+)\s+(.*)$/.exec(line) ?? [];
    return pid === undefined || command === undefined ? [] : [{ pid: Number(pid), command }];
  });
}
