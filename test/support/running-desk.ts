import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished } from "vitest";
import { compileCache } from "./compile-cache.ts";
import { freePort } from "./desk-process.ts";
import { newFolder } from "./new-folder.ts";
import { patienceMs } from "./patience.ts";

const root = new URL("../..", import.meta.url);

/** A desk in its own process, as operators run it: real clock, port and database file. */
export interface RunningDesk {
  /** The page's address, which stays the same across restarts. */
  readonly address: string;
  readonly port: number;
  /** Sends SIGKILL. */
  kill(): Promise<void>;
  /** Sends SIGTERM and expects exit code 0. */
  stop(): Promise<void>;
  /** Starts it again on the same database. Its clock starts at an ISO instant. */
  start(clock: string): Promise<void>;
  /** Everything it has printed, across restarts. */
  printed(): string;
  /** Number of rows per table, read directly from the database. */
  counts(): Readonly<Record<string, number>>;
  /** All rows of a table, read directly from the database. */
  rows(table: string): readonly Record<string, unknown>[];
  /** The bytes of all files in the database's folder, including the write-ahead log. */
  files(): readonly { readonly name: string; readonly bytes: Buffer }[];
}

export interface RunningDeskOptions {
  /** Start of its clock, `2026-03-02T08:00:00Z`. The clock runs on from there. */
  readonly clock: string;
  /** The file in `practices/` to import; default: `harbour-plain`. */
  readonly practice?: string;
}

/** Starts a desk for the running test and waits for its address. The desk is stopped after the test. */
export async function startDesk({ clock, practice = "harbour-plain" }: RunningDeskOptions): Promise<RunningDesk> {
  const folder = newFolder("running");
  const file = join(folder, "desk.db");
  const port = await freePort();
  const env = { ...compileCache, PORT: String(port), DATABASE_URL: `file:${file}`, LOG_LEVEL: "debug" };
  let printed = "";
  let running: ChildProcess | undefined;

  async function end(signal: "SIGKILL" | "SIGTERM"): Promise<number | null> {
    const ending = running;
    running = undefined;
    if (ending === undefined || ending.exitCode !== null || ending.signalCode !== null) return null;
    const ended = once(ending, "exit", { signal: AbortSignal.timeout(patienceMs) });
    ending.kill(signal);
    const [code]: (number | null)[] = await ended;
    return code ?? null;
  }

  async function start(clockAt: string): Promise<void> {
    const from = printed.length;
    const starting = spawn(process.execPath, [mainFile], { cwd: root, env: { ...env, FRONTDESK_CLOCK: clockAt } });
    running = starting;
    const gone = once(starting, "exit", { signal: AbortSignal.timeout(patienceMs) });
    const open = new Promise<void>((resolve) => {
      for (const stream of [starting.stdout, starting.stderr]) {
        stream.setEncoding("utf8");
        stream.on("data", (text: string) => {
          printed += text;
          if (printed.slice(from).includes("Frontdesk is open: ")) resolve();
        });
      }
    });
    const first = await Promise.race([open, gone.catch(() => "late")]);
    gone.catch(() => undefined);
    if (first !== undefined) throw new Error(`the desk did not open:\n${printed.slice(from)}`);
  }

  onTestFinished(async () => {
    await end("SIGKILL");
    rmSync(folder, { recursive: true, force: true });
    expect(printed.split("\n").filter((line) => /"level":"(error|fatal)"/.test(line))).toEqual([]);
  });
  cpSync(await booksOf(practice), folder, { recursive: true });
  await start(clock);

  const look = <Result>(at: (connection: Sqlite.Database) => Result): Result => {
    const connection = new Sqlite(file, { readonly: true });
    try {
      return at(connection);
    } finally {
      connection.close();
    }
  };
  const rows = (table: string) =>
    // The driver does not know the column types.
    look((connection) => connection.prepare(`select * from "${table}"`).all()) as Record<string, unknown>[];

  return {
    address: /Frontdesk is open: (\S+)/.exec(printed)?.[1] ?? "",
    port,
    kill: async () => void (await end("SIGKILL")),
    stop: async () => expect(await end("SIGTERM")).toBe(0),
    start,
    printed: () => printed,
    rows,
    counts: () =>
      look((connection) => {
        const names = connection
          .prepare("select name from sqlite_master where type = 'table'")
          .pluck()
          .all()
          .map(String);
        return Object.fromEntries(
          names.map((name) => [name, Number(connection.prepare(`select count(*) from "${name}"`).pluck().get())]),
        );
      }),
    files: () => readdirSync(folder).map((name) => ({ name, bytes: readFileSync(join(folder, name)) })),
  };
}

/** The bundle if the set-up built it, otherwise the sources. */
const bundle = process.env.FRONTDESK_TEST_BUNDLE;
const mainFile = bundle === undefined ? "src/main.ts" : `${bundle}/frontdesk.mjs`;
const cliFile = bundle === undefined ? "src/cli.ts" : `${bundle}/cli.mjs`;

/** Folders with imported databases by practice, created once per worker and then copied. */
const imported = new Map<string, Promise<string>>();

function booksOf(practice: string): Promise<string> {
  const made = imported.get(practice) ?? importPractice(practice);
  imported.set(practice, made);
  return made;
}

/** A new database with one practice, imported by the command line. */
async function importPractice(practice: string): Promise<string> {
  const folder = newFolder("imported");
  const file = fileURLToPath(new URL(`practices/${practice}.yaml`, import.meta.url));
  const env = { ...compileCache, DATABASE_URL: `file:${join(folder, "desk.db")}` };
  await promisify(execFile)(process.execPath, [cliFile, "import", file], { cwd: root, env, timeout: patienceMs });
  return folder;
}
