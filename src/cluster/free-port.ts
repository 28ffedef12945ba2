import { createServer } from "node:net";

/** A loopback port that nobody listens on at this moment; somebody may by the time it is used. */
export function findFreePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen({ host: "127.0.0.1", port: 0 }, () => {
      const address = server.address();
      server.close(() => {
        if (address !== null && typeof address !== "string") resolve(address.port);
        else reject(new Error("a listening TCP socket has no port"));
      });
    });
  });
}
