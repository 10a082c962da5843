import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { testKeys } from "../support/desk-files.ts";
import { freePort } from "../support/desk-process.ts";
import { until } from "../support/until.ts";

const root = join(import.meta.dirname, "..", "..");

/** A desk in a separate process, run as an operator runs it, by `npm start` or `npm run start:prod`. */
export interface DeskChild {
  readonly address: string;
  /** Time from process start to the first ready answer of /readyz, ms. */
  readonly readyMs: number;
  /** The desk's own metrics, by the name and labels in Prometheus' format. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

export interface DeskChildOptions {
  /** In the format of DATABASE_URL. */
  readonly database: string;
  /** The file that node runs; default: the sources. */
  readonly program?: string;
  /** Start of the desk's clock, an ISO instant; absent: wall time. */
  readonly clock?: string;
}

/** Starts a desk and waits until it is ready. */
export async function startDeskChild(options: DeskChildOptions): Promise<DeskChild> {
  const port = await freePort();
  const address = `http://127.0.0.1:${port}`;
  const began = performance.now();
  const child = spawn(process.execPath, ["--max-semi-space-size=16", options.program ?? "src/main.ts"], {
    cwd: root,
    stdio: ["ignore", "ignore", "inherit"],
    env: {
      PATH: process.env.PATH,
      // Allows profiling of a desk while it is measured.
      ...(process.env.NODE_OPTIONS && { NODE_OPTIONS: process.env.NODE_OPTIONS }),
      PORT: String(port),
      DATABASE_URL: options.database,
      FRONTDESK_KEYS: testKeys,
      ...(options.clock && { FRONTDESK_CLOCK: options.clock }),
    },
  });
  const stopWithParent = () => child.kill("SIGKILL");
  process.once("exit", stopWithParent);
  await until("the desk is ready", () => isReady(address, child), { withinMs: 60_000, everyMs: 2 });
  const readyMs = performance.now() - began;
  return {
    address,
    readyMs,
    metrics: async () => readMetrics(await (await fetch(`${address}/metrics`)).text()),
    async stop() {
      process.off("exit", stopWithParent);
      if (child.exitCode !== null) return;
      child.kill("SIGTERM");
      await once(child, "exit");
    },
  };
}

async function isReady(address: string, child: ChildProcess): Promise<boolean> {
  if (child.exitCode !== null) throw new Error(`the desk did not open: it ended with ${child.exitCode}`);
  return fetch(`${address}/readyz`).then(
    ({ ok }) => ok,
    () => false,
  );
}

function readMetrics(text: string): ReadonlyMap<string, number> {
  const lines = text.split("\n").filter((line) => line !== "" && !line.startsWith("#"));
  return new Map(lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.split(" ").at(-1))]));
}
