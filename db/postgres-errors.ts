import { BusyError, DeskError } from "../src/errors.ts";

/** Deadlock and serialization failure: the transaction is retried. */
const conflicts = new Set(["40P01", "40001"]);
/** Lock timeout, statement timeout, too many connections. */
const busy = new Set(["55P03", "57014", "53300", ...conflicts]);
/** The server stopped or is starting, or the connection to it broke. */
const unreachable =
  /^(08...|57P0[1-5]|25P03|E(CONN(REFUSED|RESET)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))$/;
/** Wrong user or password, no such database, or no right to create tables in it. */
const refused = /^(28...|3D000|42501)$/;
/** Errors of `pg` and its pool that carry no code. */
const noConnection = /^timeout exceeded when trying to connect/;
const connectionLost = /^(Connection terminated|Client has encountered a connection error)/;

/** Whether the same transaction may succeed if it is retried at once. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error));
}

/** Whether a statement failed only because an earlier statement of its transaction had failed. */
export function isFollowUpError(error: unknown): boolean {
  return codeOf(error) === "25P02";
}

/** Translates driver errors to DeskErrors; other errors are returned unchanged. */
export function classifyPostgresError(error: unknown): unknown {
  if (error instanceof DeskError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : "";
  if (busy.has(code) || noConnection.test(message)) return new BusyError(error);
  if (code === "53100") {
    return new DeskError("disk-full", "The disk is full; nothing was changed.", { retryable: true, cause: error });
  }
  if (refused.test(code) && error instanceof Error) {
    const remedy = "Check DATABASE_URL: the database must exist and belong to the user";
    return new DeskError("database-refused", `PostgreSQL refused the connection: ${error.message}. ${remedy}.`, {
      cause: error,
    });
  }
  if (unreachable.test(code) || connectionLost.test(message)) {
    return new DeskError(
      "database-away",
      "The database cannot be reached, and open transactions are rolled back. Check that its server runs where DATABASE_URL says.",
      {
        retryable: true,
        cause: error,
      },
    );
  }
  return error;
}

/** The code PostgreSQL or the network gave, anywhere in the chain of causes; empty when there is none. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof DeskError) && "code" in cause && typeof cause.code === "string") return cause.code;
  }
  return "";
}
