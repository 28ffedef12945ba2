// Enters the lock again and again and reports when another live process was inside too.
// usage: node lock-hammer.mjs <lock directory> <file that stands for being inside> <rounds>
import { readFileSync, rmSync, writeFileSync } from "node:fs";
import { setImmediate as nextTurn } from "node:timers/promises";
import { withLock } from "../dist/cluster/generation-lock.js";
import { isPidAlive } from "../dist/cluster/process-identity.js";

const [directory, inside, rounds] = process.argv.slice(2);
for (let round = 0; round < Number(rounds); round++) {
  await withLock(directory, 60, async () => {
    const alone = await enter();
    await nextTurn();
    process.stdout.write(alone ? "alone\n" : "not alone\n");
    rmSync(inside, { force: true });
  });
}

async function enter() {
  try {
    writeFileSync(inside, String(process.pid), { flag: "wx" });
    return true;
  } catch {
    // A holder killed in here leaves the file; a living one is what must never be.
    const other = Number(readFileSync(inside, "utf8"));
    writeFileSync(inside, String(process.pid));
    return !(await isPidAlive(other));
  }
}
