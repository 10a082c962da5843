import pino from "pino";
import { DeskError } from "./errors.ts";

/** How much is logged, from everything to nothing. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

/**
 * What a log line may say: ids, counts and words of closed sets. Anything else, and any value that looks like
 * something a person wrote, is dropped before it is written. `door` is a path with its placeholders (`/form/:token`),
 * `ms` a duration, `error` is reduced to its name, code and place.
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
  readonly door?: string;
  readonly status?: number;
  readonly host?: string;
  readonly port?: number;
  /** Only its origin is kept: a path may hold a token. */
  readonly url?: string;
  readonly database?: string;
  readonly version?: string;
  readonly signal?: string;
  readonly error?: unknown;
}

/** The desk's log: one JSON object a line. */
export interface Log {
  debug(entry: LogEntry): void;
  info(entry: LogEntry): void;
  warn(entry: LogEntry): void;
  error(entry: LogEntry): void;
  /** A plain line for the person at the terminal, such as the page's address; never silenced, never about a client. */
  say(text: string): void;
}

/** Opens the log. Lines go to standard output unless another destination is given. */
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

/** What each field may hold. A key that is not here never reaches a line: the type alone would not stop a spread object. */
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
  door: keepWord,
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

/** Ids and words of closed sets have no spaces and no @: a sentence, a name with a surname or an address is none. */
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

/** A foreign error's message may quote a query with a client's answers, so only our own errors keep theirs. */
function reducedError(value: unknown, depth: number): Record<string, unknown> | undefined {
  if (value === undefined) return undefined;
  if (!(value instanceof Error)) return { name: typeof value };
  const code = keepCode("code" in value ? value.code : undefined);
  const cause = depth < causesKept && value.cause !== undefined ? reducedError(value.cause, depth + 1) : undefined;
  const at = depth === 0 ? frames(value) : [];
  return {
    name: keepWord(value.name),
    ...(code === undefined ? {} : { code }),
    ...(value instanceof DeskError ? { message: value.message } : {}),
    ...(cause === undefined ? {} : { cause }),
    ...(at.length === 0 ? {} : { at }),
  };
}

/** Where it was thrown, without the message that heads a stack: a message may itself span lines that look like frames. */
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
