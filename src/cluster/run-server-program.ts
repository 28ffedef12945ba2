import { type ChildProcess, spawn } from "node:child_process";
import { parse } from "node:path";
import type { ServerAccount } from "./server-account.ts";

/** The whole environment of the server's programs: nothing of the caller's, above all no PG* variable, gets in. */
const ENVIRONMENT = { PATH: "/usr/local/bin:/usr/bin:/bin", LANG: "C", LC_ALL: "C", TZ: "UTC" };

export interface ProgramResult {
  readonly exitCode: number | null;
  readonly output: string;
}

/** Runs a program of the server to its end under the server's account; rejects when it cannot be started at all. */
export function runServerProgram(
  path: string,
  args: readonly string[],
  account: ServerAccount,
): Promise<ProgramResult> {
  return new Promise((resolve, reject) => {
    const child = spawn(path, args, { ...spawnAs(path, account), stdio: ["ignore", "pipe", "pipe"] });
    let output = "";
    const collect = (chunk: Buffer) => {
      output += chunk.toString("utf8");
    };
    child.stdout.on("data", collect);
    child.stderr.on("data", collect);
    child.on("error", reject);
    child.on("close", (exitCode) => resolve({ exitCode, output }));
  });
}

/** Starts a program in a session of its own: Ctrl-C in our terminal, and our own end, leave it alone. */
export function detachServerProgram(
  path: string,
  args: readonly string[],
  account: ServerAccount,
  logDescriptor: number,
): ChildProcess {
  return spawn(path, args, {
    ...spawnAs(path, account),
    stdio: ["ignore", logDescriptor, logDescriptor],
    detached: true,
  });
}

// With uid and gid given, the child keeps none of our supplementary groups. It starts in the file system's root
// because our own working directory may be closed to its account.
function spawnAs(path: string, account: ServerAccount) {
  return { cwd: parse(path).root, env: ENVIRONMENT, windowsHide: true, ...(account.ids ?? {}) };
}
