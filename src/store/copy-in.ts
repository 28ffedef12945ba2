import { once } from "node:events";
import type pg from "pg";
import { from as copyFrom } from "pg-copy-streams";

/**
 * A COPY … FROM STDIN under way. The server's rows become visible only with the surrounding transaction;
 * `finish` resolves when the server has taken every row and checked every key.
 */
export class CopyIn {
  readonly #stream: ReturnType<typeof copyFrom>;
  readonly #ended: Promise<void>;
  #failure: Error | undefined;

  constructor(client: pg.Client | pg.PoolClient, sql: string) {
    this.#stream = client.query(copyFrom(sql, { highWaterMark: 1 << 20 }));
    this.#ended = new Promise((resolve, reject) => {
      this.#stream.once("finish", resolve);
      this.#stream.once("error", reject);
    });
    this.#ended.catch((error: Error) => {
      this.#failure = error;
    });
  }

  /** Hands bytes over; resolves when the connection can take more. The bytes must not change before `finish`. */
  async send(piece: Buffer): Promise<void> {
    if (this.#failure !== undefined) throw this.#failure;
    if (!this.#stream.write(piece)) await Promise.race([once(this.#stream, "drain"), this.#ended]);
  }

  /** Ends the COPY and returns how many rows the server took. */
  async finish(): Promise<number> {
    if (this.#failure !== undefined) throw this.#failure;
    this.#stream.end();
    await this.#ended;
    return this.#stream.rowCount;
  }
}
