import { createHash } from "node:crypto";
import { open } from "node:fs/promises";
import { openContent } from "./content-source.ts";

const READ_BYTES = 1 << 20;

/** SHA-256 and length of a file's uncompressed content. */
export async function hashContent(path: string): Promise<{ sha256: string; bytes: number }> {
  const source = await openContent(path);
  const hash = createHash("sha256");
  const buffer = Buffer.allocUnsafe(READ_BYTES);
  let bytes = 0;
  try {
    for (
      let got = await source.read(buffer, 0, READ_BYTES);
      got > 0;
      got = await source.read(buffer, 0, READ_BYTES)
    ) {
      hash.update(buffer.subarray(0, got));
      bytes += got;
    }
  } finally {
    await source.close();
  }
  return { sha256: hash.digest("hex"), bytes };
}

/** What a file says its uncompressed size is: a gzip's last four bytes, modulo 2^32 (RFC 1952). */
export async function statedContentBytes(path: string, fileBytes: number): Promise<number> {
  if (!path.endsWith(".gz") || fileBytes < 18) return fileBytes;
  const file = await open(path, "r");
  try {
    const tail = Buffer.alloc(4);
    await file.read(tail, 0, 4, fileBytes - 4);
    return tail.readUInt32LE(0);
  } finally {
    await file.close();
  }
}
