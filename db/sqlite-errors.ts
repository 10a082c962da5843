import { DeskError } from "../src/errors.ts";

/** Whether another connection holds the lock. */
export function isBusy(error: unknown): boolean {
  return sqliteCode(error).startsWith("SQLITE_BUSY");
}

/** Translates driver errors to DeskErrors; other errors are returned unchanged. */
export function classifyError(error: unknown): unknown {
  const code = sqliteCode(error);
  if (code === "SQLITE_FULL") {
    return new DeskError("disk-full", "The disk is full; nothing was changed.", { retryable: true, cause: error });
  }
  if (code.startsWith("SQLITE_IOERR")) {
    return new DeskError("disk-failed", "The disk failed; nothing was changed.", { retryable: true, cause: error });
  }
  return error;
}

function sqliteCode(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if ("code" in cause && typeof cause.code === "string" && cause.code.startsWith("SQLITE_")) return cause.code;
  }
  return "";
}
