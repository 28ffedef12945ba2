/** What happened to the rows of one file in this run. */
export interface FileCounts {
  /** Rows that are new in the table. */
  rows: number;
  /** Rows that were there already. */
  duplicates: number;
  /** Bars that replaced an older version. */
  updated: number;
  /** Records that contradict what is stored under their key; they are among the rejects. */
  conflicts: number;
  /** Lines in `ingest_rejects`. */
  rejects: number;
  /** Chunks that went straight into the table, and chunks that met known keys. */
  directChunks: number;
  stagedChunks: number;
}

export type FileOutcome =
  | ({
      kind: "loaded";
      lines: number;
      bytes: number;
      resumedAt: number;
      /** Lines read with a reservation, or that became no row of their own, by kind; of the whole file. */
      warnings: Readonly<Record<string, number>>;
      /** Codes the gate gave; of the whole file. */
      gateCodes: Readonly<Record<string, number>>;
    } & FileCounts)
  | { kind: "unchanged" }
  /** The same content was loaded under another path. */
  | { kind: "known"; otherPath: string }
  /** What was loaded of the file is no longer what it holds; nothing was touched. */
  | { kind: "changed"; detail: string }
  | { kind: "failed"; code: string; message: string; mend: string };
