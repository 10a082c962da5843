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

/** The server takes no writes: it is a standby, or it was demoted to one. */
const readOnlyServer = "25006";
/** What PgBouncer answers, with code 08P01. */
const poolerIsFull = /query_wait_timeout|no more connections allowed|client_login_timeout/;
const poolerIsAlone = /cannot connect to server|server login|server conn crashed|server_connect|server shut ?down/;
/** A named statement that another server connection does not know, or knows already. */
const strangeStatement = new Set(["26000", "42P05"]);

/** Whether the same transaction may succeed if it is retried at once. */
export function isConflict(error: unknown): boolean {
  return conflicts.has(codeOf(error));
}

/** Whether a statement failed only because an earlier statement of its transaction had failed. */
export function isFollowUpError(error: unknown): boolean {
  return codeOf(error) === "25P02";
}

/** Whether the server is gone or takes no writes any more, so that another server may have taken its place. */
export function isLostServer(error: unknown): boolean {
  const classified = classifyPostgresError(error);
  if (!(classified instanceof DeskError)) return false;
  return (
    classified.code === "database-away" || classified.code === "database-standby" || noConnection.test(messageOf(error))
  );
}

/** Translates driver errors to DeskErrors; other errors are returned unchanged. */
export function classifyPostgresError(error: unknown): unknown {
  if (error instanceof DeskError) return error;
  const code = codeOf(error);
  const message = messageOf(error);
  const pooler = poolerProblem(code, message);
  if (pooler !== undefined)
    return new DeskError(pooler.code, pooler.sentence, { retryable: pooler.retryable, cause: error });
  if (code === readOnlyServer) return standbyError(error);
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

/** The refusal of a server that takes no writes, with the remedy. */
export function standbyError(cause?: unknown): DeskError {
  const remedy =
    "Name every server, and the desk finds the one that takes writes: postgres://user:password@first,second/database";
  return new DeskError(
    "database-standby",
    `The PostgreSQL server of DATABASE_URL takes no writes: it is a standby or read-only. ${remedy}.`,
    { retryable: true, cause },
  );
}

/** An error that only a connection pooler between the desk and PostgreSQL gives, with its remedy (R7). */
function poolerProblem(
  code: string,
  message: string,
): { readonly code: string; readonly sentence: string; readonly retryable: boolean } | undefined {
  const pooler = "The connection pooler (PgBouncer) of DATABASE_URL";
  const parameter = /unsupported startup parameter(?: in options)?: (\S+)/.exec(message)?.[1];
  if (parameter !== undefined) {
    const remedy = "Remove it from DATABASE_URL, or add it to ignore_startup_parameters in pgbouncer.ini";
    return {
      code: "pooler-refused",
      sentence: `${pooler} refuses the parameter ${parameter}. ${remedy}.`,
      retryable: false,
    };
  }
  if (/statement pooling mode/.test(message)) {
    const remedy = "Set pool_mode to transaction or session in pgbouncer.ini";
    return { code: "pooler-refused", sentence: `${pooler} allows no transactions. ${remedy}.`, retryable: false };
  }
  if (strangeStatement.has(code)) {
    const remedy = "Set DATABASE_URL to the server itself, or restart the desk after a pooler was put in between";
    return { code: "pooler-refused", sentence: `${pooler} mixes prepared statements. ${remedy}.`, retryable: true };
  }
  if (code !== "08P01") return undefined;
  if (poolerIsFull.test(message)) {
    const remedy = "Raise default_pool_size or max_client_conn in pgbouncer.ini";
    return { code: "database-busy", sentence: `${pooler} has no free connection. ${remedy}.`, retryable: true };
  }
  if (poolerIsAlone.test(message)) {
    const remedy = "Check that PostgreSQL runs where pgbouncer.ini says";
    return { code: "database-away", sentence: `${pooler} cannot reach its server. ${remedy}.`, retryable: true };
  }
  return undefined;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : "";
}

/** The code PostgreSQL or the network gave, anywhere in the chain of causes; empty when there is none. */
function codeOf(error: unknown): string {
  for (let cause = error; cause instanceof Error; cause = cause.cause) {
    if (!(cause instanceof DeskError) && "code" in cause && typeof cause.code === "string") return cause.code;
  }
  return "";
}
