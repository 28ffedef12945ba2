import { createHash } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { mkdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { PassThrough, type Writable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";

const CHUNK_CHARACTERS = 128 * 1024;
const BYTE_ORDER_MARK = Buffer.from([0xef, 0xbb, 0xbf]);

export interface LineFileOptions {
  /** Below the data root, with `/`. */
  path: string;
  lineEnd?: "\n" | "\r\n";
  hasByteOrderMark?: boolean;
}

/** What a finished file holds. */
export interface LineFileSummary {
  path: string;
  lines: number;
  /** On disk, compressed if the path ends in `.gz`. */
  bytes: number;
  /** Of the text, before compression: compressors differ from machine to machine, the text does not. */
  contentSha256: string;
}

/**
 * A file of ASCII lines, written in chunks as fast as the disk takes them; gzip when the path ends in `.gz`.
 * `add` only collects; call `flush` whenever `isFull`, and `finish` in the end or `abandon` after a failure.
 */
export class LineFile {
  readonly path: string;
  lines = 0;
  readonly #lineEnd: string;
  readonly #hash = createHash("sha256");
  readonly #head: Writable;
  readonly #file: ReturnType<typeof createWriteStream>;
  readonly #done: Promise<void>;
  #text = "";

  private constructor(root: string, options: LineFileOptions) {
    this.path = options.path;
    this.#lineEnd = options.lineEnd ?? "\n";
    this.#file = createWriteStream(join(root, options.path), { flags: "wx" });
    const head = options.path.endsWith(".gz") ? createGzip({ level: 1 }) : new PassThrough();
    this.#head = head;
    this.#done = pipeline(head, this.#file);
    // Whoever writes next or finishes learns of a failure; until then it must not count as unhandled.
    this.#done.catch(() => undefined);
  }

  /** Creates the file, and its folder if need be. Fails if the file exists. */
  static async create(root: string, options: LineFileOptions): Promise<LineFile> {
    await mkdir(dirname(join(root, options.path)), { recursive: true });
    const file = new LineFile(root, options);
    if (options.hasByteOrderMark === true) await file.#write(BYTE_ORDER_MARK);
    return file;
  }

  get isFull(): boolean {
    return this.#text.length >= CHUNK_CHARACTERS;
  }

  add(line: string): void {
    this.#text += line + this.#lineEnd;
    this.lines++;
  }

  async flush(): Promise<void> {
    if (this.#text === "") return;
    const bytes = Buffer.from(this.#text, "latin1");
    this.#text = "";
    await this.#write(bytes);
  }

  async finish(): Promise<LineFileSummary> {
    await this.flush();
    this.#head.end();
    await this.#done;
    const { path, lines } = this;
    return { path, lines, bytes: this.#file.bytesWritten, contentSha256: this.#hash.digest("hex") };
  }

  /** Gives the file up; what is on disk of it stays. */
  async abandon(): Promise<void> {
    this.#head.destroy();
    await this.#done.catch(() => undefined);
  }

  async #write(bytes: Buffer): Promise<void> {
    this.#hash.update(bytes);
    // A failing disk ends the pipeline, after which `drain` would never come.
    if (!this.#head.write(bytes)) await Promise.race([once(this.#head, "drain"), this.#done]);
  }
}
