/** The tables that a plan, as EXPLAIN (FORMAT JSON) gives it, reads from end to end. */
export function scannedTables(plan: unknown): string[] {
  if (Array.isArray(plan)) return plan.flatMap(scannedTables);
  if (typeof plan !== "object" || plan === null) return [];
  const below = Object.values(plan).flatMap((value) =>
    typeof value === "object" ? scannedTables(value) : [],
  );
  const isScan = "Node Type" in plan && plan["Node Type"] === "Seq Scan";
  if (isScan && "Relation Name" in plan && typeof plan["Relation Name"] === "string")
    return [plan["Relation Name"], ...below];
  return below;
}
