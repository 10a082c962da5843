/**
 * Preloaded into a desk under test (`node --import`): counts the statements that write and kills the process before a
 * chosen one. Reads leave no trace, so a kill at a read equals a kill at the next write. Also reports the heap size.
 * Commands arrive over the channel to the parent process.
 */
import { setFlagsFromString } from "node:v8";
import { runInNewContext } from "node:vm";
import Sqlite from "better-sqlite3";
import pg from "pg";

interface Statement {
  readonly readonly: boolean;
  readonly source: string;
  run(...values: unknown[]): unknown;
  all(...values: unknown[]): unknown;
  get(...values: unknown[]): unknown;
}

let writes = 0;
let killAt = Number.POSITIVE_INFINITY;

const probe = new Sqlite(":memory:");
// Every statement of the driver shares this prototype.
const statements = Object.getPrototypeOf(probe.prepare("select 1")) as Statement;
probe.close();
for (const method of ["run", "all", "get"] as const) {
  const original = statements[method];
  statements[method] = function counted(this: Statement, ...values: unknown[]): unknown {
    // SQLite reports COMMIT as a read, because COMMIT itself changes nothing.
    if (!this.readonly || this.source === "COMMIT") countWrite();
    return original.apply(this, values);
  };
}

interface Client {
  query(query: string | { readonly text: string }, ...rest: unknown[]): unknown;
}

const clients = pg.Client.prototype as Client; // the first argument of every overload
const query = clients.query;
clients.query = function counted(this: Client, asked, ...rest) {
  if (/^(insert|update|delete|with|commit)\b/i.test(typeof asked === "string" ? asked : asked.text)) countWrite();
  return query.call(this, asked, ...rest);
};

function countWrite(): void {
  writes += 1;
  if (writes >= killAt) process.kill(process.pid, "SIGKILL");
}

/** Bytes of heap in use after garbage collection. */
function heapKept(): number {
  setFlagsFromString("--expose-gc");
  const collect = runInNewContext("gc") as () => void; // set by --expose-gc
  // The second collection frees what the first one finalised.
  for (let round = 0; round < 3; round += 1) collect();
  return process.memoryUsage().heapUsed;
}

process.on("message", (order: { readonly killAtWrite?: number; readonly heap?: boolean }) => {
  if (order.heap === true) {
    process.send?.(heapKept());
    return;
  }
  if (order.killAtWrite !== undefined) {
    writes = 0;
    killAt = order.killAtWrite;
  }
  process.send?.(writes);
});
process.channel?.unref();
