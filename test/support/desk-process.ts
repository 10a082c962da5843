import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { join } from "node:path";
import { onTestFinished } from "vitest";
import { compileCache } from "./compile-cache.ts";
import { testKeys } from "./desk-files.ts";
import { until } from "./until.ts";

const root = join(import.meta.dirname, "..", "..");
/** Counts the writes of a desk under test and kills it before a given one. */
const rig = join(root, "test", "faults", "rig.ts");
/** The bundle, if a set-up has built it. */
const bundle = process.env.FRONTDESK_TEST_BUNDLE;

/** A desk process's database and port, which stay the same across restarts. */
export interface DeskSite {
  readonly file: string;
  readonly port: number;
}

/** A desk on a PostgreSQL database, which several desks may share. */
export interface ServedSite {
  /** In the format of DATABASE_URL. */
  readonly url: string;
  readonly port: number;
}

export interface DeskStart {
  /** Start of the desk's clock, as an ISO instant. */
  readonly clock: string;
  /** Additional environment variables, such as a messenger's keys. */
  readonly env?: Readonly<Record<string, string>>;
  /** Runs the bundle if it exists. It starts much faster, but does not support `killAtWrite` and counters. */
  readonly bundled?: true;
}

/** A separate process, `node src/main.ts`, reached over HTTP only. */
export interface DeskProcess {
  readonly pid: number;
  readonly address: string;
  /** Time from process start to the printed address. */
  readonly startMs: number;
  /** Everything it has printed so far. */
  output(): string;
  /** Sends SIGKILL; resolves when the process has ended. */
  kill(): Promise<void>;
  /** Sends SIGTERM; resolves with the exit code. */
  stop(): Promise<number | null>;
  /** Resolves when the process has ended, for whatever reason. */
  readonly ended: Promise<{ readonly code: number | null; readonly signal: NodeJS.Signals | null }>;
  /** Makes the process kill itself before its n-th write statement from now on; 1 is the next one. */
  killAtWrite(n: number): Promise<void>;
  /** Number of write statements since `killAtWrite`. */
  writes(): Promise<number>;
  /** Heap size in bytes after garbage collection. */
  heapKept(): Promise<number>;
}

/** A free port. */
export async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (typeof address !== "object" || address === null) throw new Error("no port");
  return address.port;
}

/** Starts a desk and waits for its address. Rejects with its output when it does not start. */
export async function startDesk(site: DeskSite | ServedSite, start: DeskStart): Promise<DeskProcess> {
  const startedAt = performance.now();
  const child = spawnDesk(site, start);
  let output = "";
  for (const stream of [child.stdout, child.stderr]) stream?.on("data", (chunk) => (output += chunk));
  const ended = endOf(child);
  let over = false;
  void ended.then(() => {
    over = true;
  });
  await until("the desk is open", () => over || output.includes("Frontdesk is open"), { everyMs: 5 });
  if (over) throw new Error(`the desk did not open:\n${output}`);
  return {
    pid: child.pid ?? 0,
    address: `http://127.0.0.1:${site.port}`,
    startMs: performance.now() - startedAt,
    output: () => output,
    ended,
    async kill() {
      child.kill("SIGKILL");
      await ended;
    },
    async stop() {
      child.kill("SIGTERM");
      return (await ended).code;
    },
    killAtWrite: (n) => ask(child, { killAtWrite: n }).then(() => undefined),
    writes: () => ask(child, { writes: true }),
    heapKept: () => ask(child, { heap: true }),
  };
}

/** Starts a desk that should fail to start. Returns its output and exit code, which is null if it started. */
export async function startFailingDesk(
  site: DeskSite | ServedSite,
  start: DeskStart,
): Promise<{ code: number | null; output: string }> {
  const child = spawnDesk(site, start);
  let output = "";
  for (const stream of [child.stdout, child.stderr])
    stream?.on("data", (chunk) => {
      output += chunk;
      if (output.includes("Frontdesk is open")) child.kill("SIGKILL");
    });
  const { code } = await endOf(child);
  return { code, output };
}

function spawnDesk(site: DeskSite | ServedSite, { clock, env, bundled }: DeskStart): ChildProcess {
  const program = bundled && bundle !== undefined ? [`${bundle}/frontdesk.mjs`] : ["--import", rig, "src/main.ts"];
  const child = spawn(process.execPath, program, {
    cwd: root,
    stdio: ["ignore", "pipe", "pipe", "ipc"],
    env: {
      PATH: process.env.PATH,
      HOST: "127.0.0.1",
      PORT: String(site.port),
      DATABASE_URL: "url" in site ? site.url : `file:${site.file}`,
      FRONTDESK_KEYS: testKeys,
      FRONTDESK_CLOCK: clock,
      LOG_LEVEL: "warn",
      ...compileCache,
      ...env,
    },
  });
  onTestFinished(async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    child.kill("SIGKILL");
    await endOf(child);
  });
  return child;
}

async function endOf(child: ChildProcess): Promise<{ code: number | null; signal: NodeJS.Signals | null }> {
  if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
  return { code: child.exitCode, signal: child.signalCode };
}

async function ask(child: ChildProcess, order: Readonly<Record<string, unknown>>): Promise<number> {
  if (!child.spawnargs.includes(rig)) throw new Error("a desk that runs from the bundle takes no orders");
  const answer = once(child, "message");
  child.send(order);
  const [writes] = await answer;
  return Number(writes);
}
