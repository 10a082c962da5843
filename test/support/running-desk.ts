import { type ChildProcess, execFile, spawn } from "node:child_process";
import { once } from "node:events";
import { cpSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished } from "vitest";
import { freePort } from "./desk-process.ts";
import { newFolder } from "./new-folder.ts";
import { patienceMs } from "./patience.ts";

const root = new URL("../..", import.meta.url);
/** Starts are most of these tests' time. */
const quickly = { NODE_COMPILE_CACHE: join(tmpdir(), "frontdesk-compile-cache") };

/** A desk in a process of its own, as an operator runs it: real clock, real port, real file. */
export interface RunningDesk {
  /** The page's address, the same after every restart. */
  readonly address: string;
  readonly port: number;
  /** Ends the process with no time to tidy up. */
  kill(): Promise<void>;
  /** Asks the process to end (SIGTERM); it has to end well. */
  stop(): Promise<void>;
  /** Starts it again on the same books, with its clock at an ISO instant. */
  start(clock: string): Promise<void>;
  /** Everything it has printed, over all its lives. */
  printed(): string;
  /** How many rows each table holds, read past the desk. */
  counts(): Readonly<Record<string, number>>;
  /** Every row of a table, read past the desk. */
  rows(table: string): readonly Record<string, unknown>[];
  /** What lies in the books' folder, byte by byte: the database, its write-ahead log, whatever else. */
  files(): readonly { readonly name: string; readonly bytes: Buffer }[];
}

export interface RunningDeskOptions {
  /** Where its clock starts: `2026-03-02T08:00:00Z`. It runs on from there. */
  readonly clock: string;
  /** Which of `practices/*.yaml` its books hold; the small `harbour-plain` when absent. */
  readonly practice?: string;
}

/** For the running test only. Starts the desk and waits until it says where it is; ends it, whatever happens, with the test. */
export async function startDesk({ clock, practice = "harbour-plain" }: RunningDeskOptions): Promise<RunningDesk> {
  const folder = newFolder("running");
  const file = join(folder, "desk.db");
  const port = await freePort();
  const env = { ...quickly, PORT: String(port), DATABASE_URL: `file:${file}`, LOG_LEVEL: "debug" };
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
    // The driver cannot know a table's columns.
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

/** The bundle where the set-up made it, else the sources. */
const bundle = process.env.FRONTDESK_TEST_BUNDLE;
const mainFile = bundle === undefined ? "src/main.ts" : `${bundle}/frontdesk.mjs`;
const cliFile = bundle === undefined ? "src/cli.ts" : `${bundle}/cli.mjs`;

/** Folders with the books of a practice that no desk has opened yet, by its name; each is made once in a worker, then copied. */
const imported = new Map<string, Promise<string>>();

function booksOf(practice: string): Promise<string> {
  const made = imported.get(practice) ?? importPractice(practice);
  imported.set(practice, made);
  return made;
}

/** New books with one practice in them, brought in by the command line. */
async function importPractice(practice: string): Promise<string> {
  const folder = newFolder("imported");
  const file = fileURLToPath(new URL(`practices/${practice}.yaml`, import.meta.url));
  const env = { ...quickly, DATABASE_URL: `file:${join(folder, "desk.db")}` };
  await promisify(execFile)(process.execPath, [cliFile, "import", file], { cwd: root, env, timeout: patienceMs });
  return folder;
}
