/**
 * Preloaded into a starting desk (`node --import`): kills the process before its n-th step on the database, as KILL_AT_STEP
 * says. Steps are what the update of the tables consists of: scripts on SQLite, statements on PostgreSQL.
 */
import Sqlite from "better-sqlite3";
import pg from "pg";

const killAt = Number(process.env.KILL_AT_STEP);
let steps = 0;

function countStep(): void {
  steps += 1;
  if (steps === killAt) process.kill(process.pid, "SIGKILL");
}

const { exec } = Sqlite.prototype;
Sqlite.prototype.exec = function counted(this: Sqlite.Database, script) {
  countStep();
  return exec.call(this, script);
};

interface Client {
  query(...asked: unknown[]): unknown;
}

const clients = pg.Client.prototype as Client; // the arguments of every overload
const { query } = clients;
clients.query = function counted(this: Client, ...asked) {
  countStep();
  return query.apply(this, asked);
};
