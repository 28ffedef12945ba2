// A process that opens the cluster and holds it until told: "release" on stdin, or a signal.
// usage: node cluster-holder.mjs <data root> [cache root]; prints one JSON object per line.
import { createInterface } from "node:readline";
import { openCluster } from "../dist/cluster/index.js";

const [dataRoot, cacheRoot] = process.argv.slice(2);
const say = (event) => process.stdout.write(`${JSON.stringify(event)}\n`);
try {
  const cluster = await openCluster({
    dataRoot,
    ...(cacheRoot === undefined ? {} : { cacheRoot }),
    log: (line) => say({ event: "log", line }),
  });
  say({ event: "open", port: cluster.port, startedHere: cluster.startedHere, adminUrl: cluster.adminUrl });
  for await (const line of createInterface({ input: process.stdin })) {
    if (line !== "release") continue;
    await cluster.release();
    say({ event: "released" });
    break;
  }
  process.exit(0);
} catch (error) {
  say({ event: "failed", code: error.code ?? "", message: error.message });
  process.exit(1);
}
