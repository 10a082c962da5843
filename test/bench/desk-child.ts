import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { join } from "node:path";
import { testKeys } from "../support/desk-files.ts";
import { freePort } from "../support/desk-process.ts";
import { until } from "../support/until.ts";

const root = join(import.meta.dirname, "..", "..");

/** A desk in a process of its own, run as an operator runs it, by what `npm start` and `npm run start:prod` say. */
export interface DeskChild {
  readonly address: string;
  /** From the start of the process to the first good answer of /readyz, ms. */
  readonly readyMs: number;
  /** The desk's own figures, by the name and labels Prometheus would see. */
  metrics(): Promise<ReadonlyMap<string, number>>;
  stop(): Promise<void>;
}

export interface DeskChildOptions {
  /** As DATABASE_URL takes it. */
  readonly database: string;
  /** What node runs; the sources unless told. */
  readonly program?: string;
  /** ISO instant the desk's clock starts at; real time when absent. */
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
      // So that a desk can be profiled while it is measured.
      ...(process.env.NODE_OPTIONS && { NODE_OPTIONS: process.env.NODE_OPTIONS }),
      PORT: String(port),
      DATABASE_URL: options.database,
      FRONTDESK_KEYS: testKeys,
      ...(options.clock && { FRONTDESK_CLOCK: options.clock }),
    },
  });
  const endWithUs = () => child.kill("SIGKILL");
  process.once("exit", endWithUs);
  await until("the desk is ready", () => isReady(address, child), { withinMs: 60_000, everyMs: 2 });
  const readyMs = performance.now() - began;
  return {
    address,
    readyMs,
    metrics: async () => readMetrics(await (await fetch(`${address}/metrics`)).text()),
    async stop() {
      process.off("exit", endWithUs);
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
