import pg from "pg";

function sqlState(error: unknown): string | undefined {
  return error instanceof pg.DatabaseError ? error.code : undefined;
}

export function isUniqueViolation(error: unknown): boolean {
  return sqlState(error) === "23505";
}

/**
 * Faults that may pass: the connection was lost or refused, the server is starting or stopping, it ran out of
 * a resource, or two transactions collided. source: PostgreSQL manual, Appendix A, "Error Codes".
 */
export function isTransient(error: unknown): boolean {
  const state = sqlState(error);
  if (state !== undefined) return /^(08|53|57P0[123]|40001|40P01|55P03)/.test(state);
  if (!(error instanceof Error)) return false;
  const code = "code" in error ? String(error.code) : "";
  return (
    ["ECONNREFUSED", "ECONNRESET", "EPIPE", "ETIMEDOUT"].includes(code) ||
    /Connection terminated|Client has encountered a connection error|not queryable/.test(error.message) ||
    (error.cause !== undefined && isTransient(error.cause))
  );
}

/** A lock was waited for longer than lock_timeout. */
export function isLockTimeout(error: unknown): boolean {
  return sqlState(error) === "55P03";
}
