import { execFileSync } from "node:child_process";
import { join } from "node:path";
import type { Database } from "better-sqlite3";
import { onTestFinished } from "vitest";
import { copyBooks } from "../../db/copy.ts";
import { look, testFolder } from "../support/desk-files.ts";
import { type DeskProcess, freePort, startDesk } from "../support/desk-process.ts";
import { type PostgresServer, startPostgres } from "../support/postgres-server.ts";
import type { Way } from "../support/shared-books.ts";
import { until } from "../support/until.ts";

/** The instant at which desks of these tests start. */
export const opensAt = "2026-03-02T08:00:00Z";

/** The books of a crowded practice, and the desks that serve it. */
export interface Premises {
  /** The books' address in the form of DATABASE_URL. */
  readonly url: string;
  /** Absent on SQLite. */
  readonly server?: PostgresServer;
  /** Starts one or two desks, which stop with the test. */
  open(env?: Readonly<Record<string, string>>): Promise<readonly DeskProcess[]>;
  /** Opens the books beside the desks, which must be closed. */
  look<T>(see: (books: Database) => T): Promise<T>;
}

/** For the running test only: ten practitioners and this many clients, named c1, c2 and so on. */
export async function openPremises(way: Way, clients: number): Promise<Premises> {
  const folder = testFolder();
  const server = way === "SQLite" ? undefined : await startPostgres({ durable: true });
  if (server !== undefined) onTestFinished(server.remove);
  const file = join(folder, "desk.db");
  const url = server?.url ?? `file:${file}`;
  // In a process of its own, because this process measures the clients' load.
  const fill = join(import.meta.dirname, "..", "bench", "fill-books.ts");
  execFileSync(process.execPath, [fill, url, String(clients), "0", opensAt], { stdio: "inherit" });

  return {
    url,
    ...(server && { server }),
    async open(env = {}) {
      const sites = server === undefined ? [{ file }] : [{ url }, { url }];
      return Promise.all(
        sites.map(async (site) => {
          const desk = await startDesk({ ...site, port: await freePort() }, { clock: opensAt, env });
          onTestFinished(desk.kill);
          return desk;
        }),
      );
    },
    async look(see) {
      if (server === undefined) return look(file, see);
      const copy = join(folder, "copy.db");
      await copyBooks(url, `file:${copy}`);
      return look(copy, see);
    },
  };
}

/** This many page users, from the first on. */
export function clientsUpTo(count: number): readonly string[] {
  return Array.from({ length: count }, (_, at) => `c${at + 1}`);
}

/** One of a desk's metrics as Prometheus reads it; NaN when there is none of this name. */
export async function figureOf({ address }: DeskProcess, name: string): Promise<number> {
  const text = await (await fetch(`${address}/metrics`)).text();
  const line = text.split("\n").find((each) => each.startsWith(`${name} `));
  return Number(line?.slice(name.length + 1) ?? Number.NaN);
}

/** Resolves when the desks' outboxes are empty. */
export function allSent([desk]: readonly DeskProcess[], withinMs = 120_000): Promise<void> {
  if (desk === undefined) throw new Error("there is a desk");
  const isQuiet = async () => (await figureOf(desk, "frontdesk_outbox_waiting")) === 0;
  return until("the outbox is empty", isQuiet, { withinMs, everyMs: 200 });
}

/** The failures the desks logged, without those that are answered with “try again”: the client side judges these. */
export function errorsOf(desks: readonly DeskProcess[]): string[] {
  const lines = desks.flatMap((desk) => desk.output().split("\n"));
  return lines.filter((line) => line.includes('"level":"error"') && !/"code":"database-(busy|away)"/.test(line));
}

/** Answers that are neither a success nor “busy, try again”. */
export function unexpectedAnswers(failures: readonly string[]): string[] {
  return failures.filter((failure) => !/: 503, Retry-After \d+: .*busy\. Nothing was changed/.test(failure));
}

/** Prints the figures of a run. */
export function report(what: string, figures: Readonly<Record<string, number | string>>): void {
  const words = Object.entries(figures).map(
    ([name, figure]) => `${name} ${typeof figure === "number" ? Math.round(figure * 100) / 100 : figure}`,
  );
  process.stdout.write(`${what}: ${words.join(", ")}\n`);
}
