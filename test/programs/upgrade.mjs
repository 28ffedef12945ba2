// Upgrades one database of Phase 13 and prints what it does; a process of its own, for tests that kill it.
import { upgradePhase13 } from "../../dist/store/index.js";

const { ownerUrl, batchRows } = JSON.parse(process.argv[2] ?? "{}");
const report = await upgradePhase13(ownerUrl, {
  batchRows,
  onProgress: (event) => process.stdout.write(`${JSON.stringify(event)}\n`),
});
process.stdout.write(`${JSON.stringify(report)}\n`);
