import { type ChildProcess, type SpawnOptions, spawn } from "node:child_process";
import { once } from "node:events";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";

export const HOLDER = fileURLToPath(new URL("./cluster-holder.mjs", import.meta.url));

export interface HolderEvent {
  event: "log" | "open" | "released" | "failed";
  line?: string;
  port?: number;
  startedHere?: boolean;
  adminUrl?: string;
  code?: string;
  message?: string;
}

/** Another process that holds the cluster, as a second terminal would. */
export class Holder {
  readonly process: ChildProcess;
  readonly events: HolderEvent[] = [];
  readonly ended: Promise<unknown>;
  #wake: (() => void)[] = [];

  constructor(
    args: readonly string[],
    options: SpawnOptions = {},
    command: readonly string[] = [process.execPath, HOLDER],
  ) {
    const [program = process.execPath, ...before] = command;
    const child = spawn(program, [...before, ...args], { ...options, stdio: ["pipe", "pipe", "inherit"] });
    this.process = child;
    this.ended = once(child, "close").then(() => this.#wakeAll());
    if (child.stdout === null) throw new Error("the holder has no stdout");
    createInterface({ input: child.stdout }).on("line", (line) => {
      this.events.push(JSON.parse(line));
      this.#wakeAll();
    });
  }

  /** The first event of this kind, waited for; rejects when the process ends without it. */
  async event(kind: HolderEvent["event"]): Promise<HolderEvent> {
    for (;;) {
      const found = this.events.find(({ event }) => event === kind);
      if (found !== undefined) return found;
      if (this.process.exitCode !== null || this.process.signalCode !== null) {
        throw new Error(`the holder ended before "${kind}": ${JSON.stringify(this.events)}`);
      }
      await new Promise<void>((resolve) => this.#wake.push(resolve));
    }
  }

  async release(): Promise<void> {
    this.process.stdin?.write("release\n");
    await this.event("released");
    await this.ended;
  }

  async kill(): Promise<void> {
    this.process.kill("SIGKILL");
    await this.ended;
  }

  #wakeAll(): void {
    for (const wake of this.#wake.splice(0)) wake();
  }
}
