import { join } from "node:path";
import { readTextIfPresent } from "./durable-file.ts";

/** How far a server is, by its own word. "standby" never occurs: the embedded server replicates from nobody. */
export type ServerPhase = "starting" | "ready" | "stopping";

/** What `postmaster.pid` says: line 1 the pid, 3 the start in seconds, 4 the port, 8 the phase. */
export interface PostmasterFile {
  readonly pid: number;
  readonly startTimeUs: number;
  readonly port: number | null;
  readonly phase: ServerPhase;
}

/** The running, or crashed, server's file. absent: the last shutdown was clean. malformed: being written, or damaged. */
export async function readPostmasterFile(
  dataDirectory: string,
): Promise<{ kind: "present"; file: PostmasterFile } | { kind: "absent" } | { kind: "malformed" }> {
  const text = await readTextIfPresent(join(dataDirectory, "postmaster.pid"));
  if (text === null) return { kind: "absent" };
  const file = parsePostmasterFile(text);
  return file === null ? { kind: "malformed" } : { kind: "present", file };
}

export function parsePostmasterFile(text: string): PostmasterFile | null {
  const lines = text.split("\n").map((line) => line.trim());
  // A single-user server writes its pid negated.
  const pid = Math.abs(Number(lines[0]));
  const startSeconds = Number(lines[2]);
  if (!Number.isSafeInteger(pid) || pid < 1) return null;
  if (lines[2] === undefined || !Number.isSafeInteger(startSeconds)) return null;
  const port = Number(lines[3]);
  const word = lines[7];
  return {
    pid,
    startTimeUs: startSeconds * 1_000_000,
    port: Number.isInteger(port) && port > 0 && port < 65_536 ? port : null,
    phase: word === "ready" || word === "stopping" ? word : "starting",
  };
}
