import { createServer } from "node:net";

/**
 * A loopback port that nobody listens on at this moment; somebody may by the time it is used.
 * @param wished tried first; 0 lets the system choose.
 */
export async function findFreePort(wished: number): Promise<number> {
  return (
    (await tryListen(wished)) ?? (await tryListen(0)) ?? Promise.reject(new Error("no loopback port is free"))
  );
}

function tryListen(port: number): Promise<number | null> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once("error", () => resolve(null));
    server.listen({ host: "127.0.0.1", port, exclusive: true }, () => {
      const address = server.address();
      server.close(() => resolve(typeof address === "object" && address !== null ? address.port : null));
    });
  });
}
