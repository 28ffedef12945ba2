import { createReadStream } from "node:fs";
import { open } from "node:fs/promises";
import { createGunzip } from "node:zlib";
import { ObserverError } from "../errors/index.ts";
import type { ContentSource } from "./block-reader.ts";

/** Opens a file's uncompressed content; `.gz` names are gunzipped. Throws OBS_FILE_UNREADABLE. */
export async function openContent(path: string): Promise<ContentSource> {
  return path.endsWith(".gz") ? openGzip(path) : await openPlain(path);
}

async function openPlain(path: string): Promise<ContentSource> {
  try {
    const file = await open(path, "r");
    return {
      read: async (into, offset, length) => (await file.read(into, offset, length)).bytesRead,
      close: () => file.close(),
    };
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function openGzip(path: string): ContentSource {
  const compressed = createReadStream(path, { highWaterMark: 1 << 18 });
  const content = createGunzip({ chunkSize: 1 << 18 });
  compressed.once("error", (error) => content.destroy(error));
  compressed.pipe(content);
  const chunks: AsyncIterator<Buffer> = content[Symbol.asyncIterator]();
  let rest: Buffer = Buffer.alloc(0);
  return {
    async read(into, offset, length) {
      try {
        while (rest.length === 0) {
          const chunk = await chunks.next();
          if (chunk.done === true) return 0;
          rest = chunk.value;
        }
      } catch (cause) {
        throw unreadable(path, cause);
      }
      const copied = rest.copy(into, offset, 0, length);
      rest = rest.subarray(copied);
      return copied;
    },
    async close() {
      compressed.destroy();
      content.destroy();
    },
  };
}

function unreadable(path: string, cause: unknown): ObserverError {
  const words = cause instanceof Error ? cause.message : String(cause);
  const gzip = path.endsWith(".gz") ? `; "gzip -t ${path}" tells where it breaks off` : "";
  return new ObserverError(
    "OBS_FILE_UNREADABLE",
    `cannot read ${path}: ${words}`,
    `what was read before stays loaded; mend or replace the file and run the same command again${gzip}.`,
    cause,
  );
}
