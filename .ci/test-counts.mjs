// Prints "N passed, N failed, N skipped" of a vitest JSON report. A file that could not even be loaded is a failure.
import { existsSync, readFileSync } from "node:fs";

const [path = ""] = process.argv.slice(2);
if (!existsSync(path)) {
  console.log("0 passed, 1 failed, 0 skipped");
} else {
  const report = JSON.parse(readFileSync(path, "utf8"));
  const unloaded = report.testResults.filter(
    ({ status, assertionResults }) => status === "failed" && assertionResults.length === 0,
  ).length;
  const skipped = report.numPendingTests + report.numTodoTests;
  console.log(
    `${report.numPassedTests} passed, ${report.numFailedTests + unloaded} failed, ${skipped} skipped`,
  );
}
