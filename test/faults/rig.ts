/**
 * Loaded ahead of a desk under test (`node --import`): counts the statements that write and kills the process ahead of
 * one of them. What only reads leaves nothing behind, so that a kill at a read is a kill at the next write. Orders come
 * over the channel to the parent process.
 */
import Sqlite from "better-sqlite3";

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
    // SQLite calls COMMIT reading, for it changes nothing by itself.
    if (!this.readonly || this.source === "COMMIT") {
      writes += 1;
      if (writes >= killAt) process.kill(process.pid, "SIGKILL");
    }
    return original.apply(this, values);
  };
}

process.on("message", (order: { readonly killAtWrite?: number }) => {
  if (order.killAtWrite !== undefined) {
    writes = 0;
    killAt = order.killAtWrite;
  }
  process.send?.(writes);
});
process.channel?.unref();
