import { copyFile, open, stat, truncate } from "node:fs/promises";

const ROTATE_BYTES = 16 * 1024 * 1024;
const TAIL_BYTES = 8 * 1024;
const TAIL_LINES = 15;

/** Length of the log in bytes, 0 when there is none. */
export async function logLength(path: string): Promise<number> {
  return (await stat(path).catch(() => null))?.size ?? 0;
}

/**
 * Keeps one earlier log and starts afresh when it has grown large. The server appends, so truncating under a running
 * server is safe; what it writes between the copy and the truncation is lost.
 */
export async function rotateLog(path: string): Promise<void> {
  if ((await logLength(path)) < ROTATE_BYTES) return;
  await copyFile(path, `${path}.1`);
  await truncate(path, 0);
}

/** What the server wrote after byte `from`: its last lines, as text. */
export async function readLogTail(path: string, from: number): Promise<string> {
  const file = await open(path, "r").catch(() => null);
  if (file === null) return "";
  try {
    const { size } = await file.stat();
    const start = Math.max(from, size - TAIL_BYTES);
    const buffer = Buffer.alloc(Math.max(0, size - start));
    const { bytesRead } = await file.read(buffer, 0, buffer.length, start);
    return buffer.toString("utf8", 0, bytesRead).trimEnd().split("\n").slice(-TAIL_LINES).join("\n");
  } finally {
    await file.close();
  }
}
