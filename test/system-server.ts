import { spawn } from "node:child_process";
import { once } from "node:events";
import { chmod, chown, mkdir } from "node:fs/promises";
import { createServer } from "node:net";
import { join } from "node:path";
import { findSystemPostgres } from "./servers.ts";

/** A throwaway cluster of the system's PostgreSQL in `directory`, reachable on loopback. */
export async function startSystemServer(
  directory: string,
): Promise<{ adminUrl: string; stop(): Promise<void> }> {
  const system = findSystemPostgres();
  if ("absent" in system) throw new Error(system.absent);
  const account = process.getuid?.() === 0 ? await accountOf("postgres") : undefined;
  const data = join(directory, "system-data");
  await mkdir(data, { mode: 0o700 });
  await chmod(directory, 0o755);
  if (account !== undefined) await chown(data, account.uid, account.gid);
  const run = async (program: string, args: string[]) => {
    const child = spawn(join(system.bin, program), args, { stdio: "ignore", cwd: data, ...account });
    const [code] = await once(child, "exit");
    if (code !== 0) throw new Error(`${program} ${args.join(" ")} ended with ${code}`);
  };
  await run("initdb", ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"]);
  const port = await freePort();
  const options = `-c listen_addresses=127.0.0.1 -c port=${port} -c unix_socket_directories='' -c timezone=UTC`;
  await run("pg_ctl", ["-D", data, "-w", "-l", join(data, "log"), "-o", options, "start"]);
  return {
    adminUrl: `postgresql://postgres@127.0.0.1:${port}/postgres`,
    stop: () => run("pg_ctl", ["-D", data, "-w", "-m", "immediate", "stop"]),
  };
}

async function accountOf(name: string): Promise<{ uid: number; gid: number }> {
  const child = spawn("id", ["-u", name], { stdio: ["ignore", "pipe", "ignore"] });
  const chunks: string[] = [];
  child.stdout.on("data", (chunk: Buffer) => chunks.push(chunk.toString()));
  await once(child, "close");
  const uid = Number(chunks.join("").trim());
  const groups = spawn("id", ["-g", name], { stdio: ["ignore", "pipe", "ignore"] });
  const gidText: string[] = [];
  groups.stdout.on("data", (chunk: Buffer) => gidText.push(chunk.toString()));
  await once(groups, "close");
  return { uid, gid: Number(gidText.join("").trim()) };
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, "127.0.0.1");
  await once(probe, "listening");
  const address = probe.address();
  probe.close();
  await once(probe, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}
