import pino from "pino";
import { DeskError } from "./errors.ts";
import { given } from "./given.ts";

/** Log levels, from everything to nothing. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * The fields of a log line: ids, counts and words of closed sets. Unknown fields and free text are dropped, so that
 * personal data cannot reach the log. `route` is a path pattern (`/form/:token`), `ms` a duration; `error` is reduced to
 * name, code and stack frames.
 */
export interface LogEntry {
  readonly event: string;
  readonly outcome?: string;
  readonly reason?: string;
  readonly platform?: string;
  readonly flow?: string;
  readonly state?: string;
  readonly talk?: string;
  readonly booking?: string;
  readonly practice?: string;
  readonly outbox?: string;
  readonly timer?: string;
  readonly kind?: string;
  readonly attempt?: number;
  readonly revision?: number;
  readonly count?: number;
  readonly ms?: number;
  readonly code?: string | number;
  readonly method?: string;
  readonly route?: string;
  readonly status?: number;
  readonly host?: string;
  readonly port?: number;
  /** Only the origin is logged: the path may contain a token. */
  readonly url?: string;
  readonly database?: string;
  readonly version?: string;
  readonly signal?: string;
  readonly error?: unknown;
}

/** The desk's log: one JSON object per line. */
export interface Log {
  debug(entry: LogEntry): void;
  info(entry: LogEntry): void;
  warn(entry: LogEntry): void;
  error(entry: LogEntry): void;
  /** A plain line for the operator at the terminal, such as the page's address. Ignores the log level; never about a client. */
  say(text: string): void;
}

/** Opens the log. Lines go to standard output unless a destination is given. */
export function openLog(options: {
  readonly level: LogLevel;
  readonly destination?: { write(line: string): void };
}): Log {
  const destination = options.destination ?? pino.destination({ dest: 1, sync: true });
  const logger = pino(
    {
      level: options.level,
      base: null,
      timestamp: pino.stdTimeFunctions.isoTime,
      formatters: { level: (level) => ({ level }) },
    },
    destination,
  );
  return {
    debug: (entry) => logger.debug(allowed(entry)),
    info: (entry) => logger.info(allowed(entry)),
    warn: (entry) => logger.warn(allowed(entry)),
    error: (entry) => logger.error(allowed(entry)),
    say: (text) => void destination.write(`${text}\n`),
  };
}

type Keep = (value: unknown) => unknown;

/** The filter of each field. A key without a filter is dropped: excess property checks do not apply to spread objects. */
const fields: Readonly<Record<keyof LogEntry, Keep>> = {
  event: keepWord,
  outcome: keepWord,
  reason: keepWord,
  platform: keepWord,
  flow: keepWord,
  state: keepWord,
  talk: keepWord,
  booking: keepWord,
  practice: keepWord,
  outbox: keepWord,
  timer: keepWord,
  kind: keepWord,
  attempt: keepNumber,
  revision: keepNumber,
  count: keepNumber,
  ms: keepNumber,
  code: keepCode,
  method: keepWord,
  route: keepWord,
  status: keepNumber,
  host: keepWord,
  port: keepNumber,
  url: keepOrigin,
  database: keepWord,
  version: keepWord,
  signal: keepWord,
  error: (value) => reducedError(value, 0),
};

function allowed(entry: LogEntry): Record<string, unknown> {
  const kept = Object.entries(fields).map(([key, keep]) => [key, keep(entry[key as keyof LogEntry])] as const); // keys of `fields` are those of LogEntry
  return Object.fromEntries(kept.filter(([, value]) => value !== undefined));
}

/** Accepts ids and words of closed sets. Free text, full names and e-mail addresses contain a space or an @ and are dropped. */
function keepWord(value: unknown): string | undefined {
  if (value === undefined) return undefined;
  return typeof value === "string" && /^[\w.:/*-]{1,120}$/.test(value) ? value : "(dropped)";
}

function keepNumber(value: unknown): number | undefined {
  return typeof value === "number" && Number.isFinite(value) ? value : undefined;
}

function keepCode(value: unknown): string | number | undefined {
  return keepNumber(value) ?? (typeof value === "string" && /^[\w.:-]{1,60}$/.test(value) ? value : undefined);
}

function keepOrigin(value: unknown): string | undefined {
  if (typeof value !== "string" || !URL.canParse(value)) return undefined;
  return new URL(value).origin;
}

const causesKept = 3;
const framesKept = 8;

/** The message of a foreign error may quote a query with a client's answers, so only a DeskError keeps its message. */
function reducedError(value: unknown, depth: number): Record<string, unknown> | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Error)) return { name: typeof value };
  const code = keepCode("code" in value ? value.code : undefined);
  const cause = depth < causesKept && value.cause !== undefined ? reducedError(value.cause, depth + 1) : undefined;
  const at = depth === 0 ? frames(value) : [];
  return {
    name: keepWord(value.name),
    ...given({ code }),
    ...(value instanceof DeskError ? { message: value.message } : {}),
    ...given({ cause }),
    ...(at.length === 0 ? {} : { at }),
  };
}

/** Stack frames without the message, whose own lines may look like frames. */
function frames(error: Error): readonly string[] {
  const stack = error.stack ?? "";
  const after = error.message === "" ? 0 : stack.indexOf(error.message);
  if (after < 0) return [];
  return stack
    .slice(after + error.message.length)
    .split("\n")
    .map((line) => line.trim())
    .filter((line) => /^at .*:\d+:\d+\)?$/.test(line))
    .slice(0, framesKept);
}
