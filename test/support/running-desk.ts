import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import Sqlite from "better-sqlite3";
import { expect, onTestFinished } from "vitest";
import { readConfig } from "../../src/config.ts";
import { importPractice } from "../../src/desk/import-practice.ts";
import { openBooks } from "../../src/frontdesk.ts";
import { openLog } from "../../src/log.ts";
import { toDomain } from "../../src/practice-file/plan.ts";
import { readPracticeFile } from "../../src/practice-file/read.ts";

/** Longest a start or a stop may take on a busy machine. */
const patienceMs = 20_000;

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
  /** YAML text of a practice; absent: it opens with the demo practice. */
  readonly practice?: string;
}

/** For the running test only. Starts the desk and waits until it says where it is; ends it, whatever happens, with the test. */
export async function startDesk({ clock, practice }: RunningDeskOptions): Promise<RunningDesk> {
  const folder = mkdtempSync(join(tmpdir(), "frontdesk-running-"));
  const file = join(folder, "desk.db");
  const port = await freePort();
  const env = { PORT: String(port), DATABASE_URL: `file:${file}`, LOG_LEVEL: "debug" };
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
    const root = new URL("../..", import.meta.url);
    const starting = spawn(process.execPath, ["src/main.ts"], { cwd: root, env: { ...env, FRONTDESK_CLOCK: clockAt } });
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
  if (practice !== undefined) await importInto(env, practice);
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

/** Brings a practice into books that no desk has open yet. */
async function importInto(env: Record<string, string>, practice: string): Promise<void> {
  const read = readPracticeFile(practice);
  if (!read.ok) throw new Error(read.mistakes.map((mistake) => JSON.stringify(mistake)).join("\n"));
  const reading = readConfig(env);
  if (!reading.ok) throw new Error(reading.mistakes.join("\n"));
  const store = await openBooks(reading.config, openLog({ level: "silent" }));
  await store.transaction((books) => importPractice(books, toDomain(read.file), Date.now()));
  await store.close();
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const at = server.address();
  await new Promise((resolve) => server.close(resolve));
  if (typeof at !== "object" || at === null) throw new Error("this machine has no free port");
  return at.port;
}
