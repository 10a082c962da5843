import type { Database } from "better-sqlite3";

/**
 * The first fault that SQLite's own check finds in a file, on one line; undefined for a whole file. The quick check leaves
 * out whether indexes match their tables.
 */
export function findDamage(connection: Database, check: "quick_check" | "integrity_check"): string | undefined {
  const found = firstFault(connection, check);
  return found === "ok" ? undefined : found.replaceAll(/\s+/g, " ").trim();
}

function firstFault(connection: Database, check: string): string {
  try {
    return String(connection.pragma(`${check}(1)`, { simple: true }));
  } catch (error) {
    // A page that cannot be read at all ends the check.
    const code = error instanceof Error && "code" in error ? String(error.code) : "";
    if (code.startsWith("SQLITE_CORRUPT")) return code;
    throw error;
  }
}
