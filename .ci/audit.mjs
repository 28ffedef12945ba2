// Fails when a dependency that users get has a known vulnerability of high severity. A registry that does not
// answer is no finding.
import { spawnSync } from "node:child_process";

const { stdout } = spawnSync("npm", ["audit", "--omit=dev", "--json"], { encoding: "utf8" });
const counts = countsIn(stdout);
if (counts === null) {
  console.log("the registry did not answer; nothing was audited");
} else {
  console.log(
    Object.entries(counts)
      .map(([severity, count]) => `${count} ${severity}`)
      .join(", "),
  );
  if ((counts.high ?? 0) + (counts.critical ?? 0) > 0) {
    spawnSync("npm", ["audit", "--omit=dev"], { stdio: "inherit" });
    process.exitCode = 1;
  }
}

function countsIn(text) {
  try {
    return JSON.parse(text).metadata?.vulnerabilities ?? null;
  } catch {
    return null;
  }
}
