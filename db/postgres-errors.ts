import { BusyError, DeskError } from "../src/errors.ts";

/** Two transactions that each waited for the other, or read what the other changed: one of them begins anew. */
const conflicts = new Set(["40P01", "40001"]);
/** A lock or a statement that took longer than the session allows; no connection left to give. */
const busy = new Set(["55P03", "57014", "53300", ...conflicts]);
/** The server stopped, is starting, or the line to it broke. */
const away = /^(08...|57P0[1-5]|25P03|E(CONN(REFUSED|RESET)|PIPE|TIMEDOUT|HOSTUNREACH|NETUNREACH|NOTFOUND|AI_AGAIN))$/;
/** Wrong name or password, no such database, no right to make tables in it. */
const shut = /^(28...|3D000|42501)$/;
/** What `pg` and its pool say without a code. */
const noConnection = /^timeout exceeded when trying to connect/;
const lineBroke = /^(Connection terminated|Client has encountered a connection error)/;

/** Whether the same transaction, begun anew, may succeed at once. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error));
}

/** Whether a statement was refused only because an earlier one of its transaction had failed. */
export function isAftermath(error: unknown): boolean {
  return codeOf(error) === "25P02";
}

/** What an error of the driver means to the desk; everything else stays as it is. */
export function classifyPostgresError(error: unknown): unknown {
  if (error instanceof DeskError) return error;
  const code = codeOf(error);
  const message = error instanceof Error ? error.message : "";
  if (busy.has(code) || noConnection.test(message)) return new BusyError(error);
  if (code === "53100") {
    return new DeskError("disk-full", "The disk is full; nothing was changed.", { retryable: true, cause: error });
  }
  if (shut.test(code) && error instanceof Error) {
    const remedy = "Check DATABASE_URL: the database must exist and belong to its user";
    return new DeskError("database-refused", `PostgreSQL refuses the desk: ${error.message}. ${remedy}.`, {
      cause: error,
    });
  }
  if (away.test(code) || lineBroke.test(message)) {
    return new DeskError(
      "database-away",
      "The database cannot be reached, and what was under way is undone. Does its server run where DATABASE_URL says?",
      {
        retryable: true,
        cause: error,
      },
    );
  }
  return error;
}

/** The code PostgreSQL or the network gave, wherever in the chain of causes; empty when there is none. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof DeskError) && "code" in cause && typeof cause.code === "string") return cause.code;
  }
  return "";
}
