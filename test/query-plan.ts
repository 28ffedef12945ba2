import { sqlFile } from "../src/store/index.ts";
import type { TestDatabase } from "./postgres.ts";

interface PlanNode {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  Plans?: PlanNode[];
}

export interface Plan {
  /** Tables read from end to end. */
  scanned: string[];
  /** Tables read at all, by whatever way. */
  touched: string[];
  indexes: string[];
}

/** How the server would answer a query of `sql/queries` for these values. */
export async function planOf(db: TestDatabase, name: string, values: readonly unknown[]): Promise<Plan> {
  const [row] = await db.query<{ "QUERY PLAN": { Plan: PlanNode }[] }>(
    `EXPLAIN (FORMAT JSON) ${sqlFile(name)}`,
    values,
  );
  const nodes: PlanNode[] = [];
  const collect = (node: PlanNode) => {
    nodes.push(node);
    for (const child of node.Plans ?? []) collect(child);
  };
  for (const statement of row?.["QUERY PLAN"] ?? []) collect(statement.Plan);
  const of = (names: (string | undefined)[]) =>
    [...new Set(names.filter((text) => text !== undefined))].sort();
  return {
    scanned: of(
      nodes.filter((node) => node["Node Type"] === "Seq Scan").map((node) => node["Relation Name"]),
    ),
    touched: of(nodes.map((node) => node["Relation Name"])),
    indexes: of(nodes.map((node) => node["Index Name"])),
  };
}
