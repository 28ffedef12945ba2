import { once } from "node:events";
import { connect, createServer } from "node:net";

/** A way to a database on which the answers to the first COMMITs are lost. */
export interface LossyProxy {
  url: string;
  /** Answers lost so far. */
  lost(): number;
  close(): Promise<void>;
}

/** Listens on loopback; the server gets each COMMIT and carries it out, then the connection breaks before its answer. */
export async function losingCommitAnswers(url: string, times: number): Promise<LossyProxy> {
  const upstream = new URL(url);
  let lost = 0;
  const server = createServer((client) => {
    const database = connect(Number(upstream.port), upstream.hostname);
    let isLosing = false;
    client.on("data", (bytes) => {
      isLosing ||= lost < times && bytes.includes("COMMIT\0");
      database.write(bytes);
    });
    database.on("data", (bytes) => {
      if (!isLosing) return client.write(bytes);
      lost++;
      database.destroy();
      return client.destroy();
    });
    client.on("close", () => database.destroy()).on("error", () => database.destroy());
    database.on("close", () => client.destroy()).on("error", () => client.destroy());
  });
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("a proxy listens on a port");
  const through = new URL(url);
  through.hostname = "127.0.0.1";
  through.port = String(address.port);
  return {
    url: through.href,
    lost: () => lost,
    close: async () => {
      server.close();
      await once(server, "close");
    },
  };
}
