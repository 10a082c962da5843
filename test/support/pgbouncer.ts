import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync } from "node:fs";
import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { freePort } from "./desk-process.ts";
import { handOver, openFolder, serverUser } from "./postgres-server.ts";
import { until } from "./until.ts";

/** A connection pooler in front of a PostgreSQL server, on loopback only. */
export interface Pgbouncer {
  /** The server's database of the same name, through the pooler. */
  readonly url: string;
  remove(): Promise<void>;
}

const places = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer", "/opt/homebrew/bin/pgbouncer"];

/**
 * Starts the machine's PgBouncer with its default settings but for the size of its pools. It has no package for npm, so a
 * machine without it fails here with the remedy.
 */
export async function startPgbouncer(url: string, poolMode: "session" | "transaction"): Promise<Pgbouncer> {
  const program = places.find((path) => existsSync(path));
  if (program === undefined) {
    throw new Error(
      "These tests need PgBouncer, which this machine does not have. Install it: apt-get install pgbouncer.",
    );
  }
  const folder = await mkdtemp(join(openFolder(), "frontdesk-pgbouncer-"));
  const server = new URL(url);
  const port = await freePort();
  const settings = {
    listen_addr: "127.0.0.1",
    listen_port: port,
    unix_socket_dir: "",
    auth_type: "trust",
    auth_file: join(folder, "users"),
    pool_mode: poolMode,
    max_client_conn: 1_000,
    default_pool_size: 40,
  };
  const lines = Object.entries(settings).map(([name, value]) => `${name} = ${value}`);
  const database = `* = host=${server.hostname} port=${server.port}`;
  await writeFile(join(folder, "users"), `"${server.username}" ""\n`);
  await writeFile(join(folder, "pgbouncer.ini"), ["[databases]", database, "[pgbouncer]", ...lines, ""].join("\n"));
  await handOver(folder);
  const child = spawn(program, [join(folder, "pgbouncer.ini")], {
    ...serverUser(),
    stdio: ["ignore", "ignore", "pipe"],
  });
  await started(child);
  server.port = String(port);
  return {
    url: server.href,
    async remove() {
      child.kill("SIGTERM");
      if (child.exitCode === null && child.signalCode === null) await once(child, "exit");
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function started(child: ChildProcess): Promise<void> {
  let output = "";
  child.stderr?.on("data", (chunk) => (output += chunk));
  await until("PgBouncer is ready", () => output.includes("process up") || child.exitCode !== null);
  if (child.exitCode !== null) throw new Error(`PgBouncer did not start:\n${output}`);
}
